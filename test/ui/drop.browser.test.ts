import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { mountApp } from '../../src/ui/mount.ts';
import { fakeServices } from './fake-services.ts';

let unmount = (): void => {};
afterEach(() => unmount());

it('takes a dropped document, though what takes it comes only with the first drag', async () => {
  const target = window.document.createElement('div');
  window.document.body.replaceChildren(target);
  unmount = mountApp(target, fakeServices());
  const name = page.getByLabelText('Name of the document');
  await expect.element(name).not.toHaveValue('Untitled');
  const dropped = {
    format: 'millrace/1',
    name: 'Dropped',
    stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } }],
  };
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([JSON.stringify(dropped)], 'dropped.millrace.json'));
  const send = (type: string): boolean =>
    window.document.body.dispatchEvent(
      new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }),
    );
  // Refused, the browser would leave the page for the file.
  expect(send('dragenter')).toBe(false);
  expect(send('dragover')).toBe(false);
  await expect
    .poll(() => {
      send('dragover');
      return window.document.body.textContent;
    })
    .toContain('Drop files or a folder');
  expect(send('drop')).toBe(false);
  await expect.element(name).toHaveValue('Dropped');
});
