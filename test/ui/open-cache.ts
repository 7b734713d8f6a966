import { expect } from 'vitest';
import { page } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { cacheRow, fakeCache } from './fake-cache.ts';
import { fakeServices } from './fake-services.ts';
import { chain, details, openPage } from './open-page.ts';

/** “First” asks for a few keys again and again, so that even its first run finds some of them. */
export const cached: PipelineDocument = {
  ...chain,
  source: { kind: 'count', count: 200 },
  stages: [
    {
      id: 'first',
      name: 'First',
      cache: { version: '1' },
      work: {
        kind: 'synthetic',
        phases: [{ cpu: 4 }],
        output: 100,
        key: { zipf: { keys: 40, exponent: 1 } },
      },
    },
    chain.stages[1]!,
  ],
};
/** What the document is kept under that `fakeServices` finds in storage. */
export const own = 'work kept';
export const many = (count: number) => Array.from({ length: count }, (_, index) => cacheRow(index));

export async function openCache(
  {
    kept = {},
    document = cached,
  }: { kept?: Parameters<typeof fakeCache>[0]; document?: PipelineDocument } = {},
  size?: { widthPx: number; heightPx: number },
) {
  const cache = fakeCache(kept);
  const services = { ...fakeServices({ text: JSON.stringify(document) }), cache };
  await openPage(services, size);
  await details('Cache').click();
  await expect.element(page.getByRole('button', { name: 'This run' })).toBeVisible();
  return { services, cache };
}
export const panel = page.getByRole('tabpanel');
export const show = (part: string) =>
  panel.getByRole('button', { name: part, exact: true }).click();
export const run = async (): Promise<void> => {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.element(page.getByTestId('said')).toHaveTextContent(/delivered/);
};
