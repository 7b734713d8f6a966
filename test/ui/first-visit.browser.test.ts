import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { gallery } from '../../src/scenarios/index.ts';
import { mountApp } from '../../src/ui/mount.ts';
import { fakeServices } from './fake-services.ts';

let unmount = (): void => {};
afterEach(() => unmount());

it('compiles nothing of the shipped document, and only what differs from it', async () => {
  await page.viewport(1440, 900);
  const services = fakeServices();
  const { check } = services.compiler;
  const checked: string[] = [];
  services.compiler.check = (source) => {
    checked.push(source);
    return check(source);
  };
  const predict = vi.spyOn(services.predictor, 'predict');
  const target = window.document.createElement('div');
  window.document.body.replaceChildren(target);
  unmount = mountApp(target, services);
  const first = await gallery[0]!.load();
  await expect
    .element(page.getByLabelText('Name of the document'))
    .toHaveValue(first.name ?? 'Untitled');
  // Longer than the pause after which changed code is checked.
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(checked).toEqual([]);
  // Its code has never run, so there is nothing to predict, and no empty document was predicted before.
  expect(predict).not.toHaveBeenCalled();

  const stages = first.stages.map((stage, index) =>
    index === 0 && stage.work.kind === 'code'
      ? { ...stage, work: { ...stage.work, source: 'export default (((' } }
      : stage,
  );
  const file = new File([JSON.stringify({ ...first, stages })], 'changed.millrace.json');
  await userEvent.upload(page.getByLabelText('Open a document'), file);
  await vi.waitFor(() => expect(checked).toEqual(['export default (((']));
});
