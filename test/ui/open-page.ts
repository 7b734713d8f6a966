import { expect } from 'vitest';
import { page } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { mountApp } from '../../src/ui/mount.ts';
import { fakeServices } from './fake-services.ts';

/** Two synthetic stages in a row. */
export const chain: PipelineDocument = {
  format: 'millrace/1',
  name: 'Chain',
  source: { kind: 'count', count: 20 },
  stages: [
    { id: 'first', name: 'First', work: { kind: 'synthetic', phases: [{ cpu: 4 }] } },
    {
      id: 'second',
      name: 'Second',
      after: ['first'],
      permits: 1,
      work: { kind: 'synthetic', phases: [{ cpu: 8 }] },
    },
  ],
};

let unmount = (): void => {};
export const closePage = (): void => unmount();

/** The whole page on services of the test's own, with its graph there. */
export async function openPage(
  services: ReturnType<typeof fakeServices>,
  { widthPx = 1440, heightPx = 900 } = {},
): Promise<void> {
  await page.viewport(widthPx, heightPx);
  const target = window.document.createElement('div');
  target.id = 'app';
  window.document.body.replaceChildren(target);
  unmount = mountApp(target, services);
  await expect.element(page.getByLabelText('Graph', { exact: true })).toBeVisible();
}

/** With this document as the work that was left open. */
export async function openDocument(document: PipelineDocument) {
  const services = fakeServices({ text: JSON.stringify(document) });
  await openPage(services);
  await expect
    .element(page.getByLabelText('Name of the document'))
    .toHaveValue(document.name ?? 'Untitled');
  return services;
}

export const stageNode = (name: string) => page.getByLabelText(new RegExp(`^Stage ${name},`));
export const details = (name: string | RegExp) => page.getByRole('tab', { name });
