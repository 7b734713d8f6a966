import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import type { HeadlessRun, MillraceHeadless } from '../../src/cli/headless-contract.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { usingBrowser } from './open-page.ts';

const openPage = usingBrowser();

const items = 120;
/** 100 kB each that do not compress: 12 MB in all. */
const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Much to keep',
  source: { kind: 'count', count: items },
  stages: [
    {
      id: 'noise',
      work: {
        kind: 'code',
        source: `export default (n, ctx) => {
          const bytes = new Uint8Array(100_000);
          for (let i = 0; i < bytes.length; i++) bytes[i] = ctx.random() * 256;
          return bytes;
        };`,
      },
      cache: {},
    },
    {
      id: 'sum',
      after: ['noise'],
      work: { kind: 'code', source: 'export default (bytes) => bytes.reduce((a, b) => a + b, 0);' },
    },
  ],
  machine: { workers: 2 },
};

/** What the browser lets this page keep, from now on. null: as much as it wants to. */
async function allow(page: Page, quotaSize: number | null): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', {
    origin,
    ...(quotaSize === null ? {} : { quotaSize }),
  });
}

async function run(page: Page): Promise<HeadlessRun> {
  const [report] = await page.evaluate((document) => {
    const { millraceHeadless } = globalThis as unknown as { millraceHeadless: MillraceHeadless };
    return millraceHeadless.run({ document, repeat: 1 });
  }, JSON.stringify(document));
  expect(report!.error).toBe(null);
  expect(report!.summary.items.delivered).toBe(items);
  return report!;
}
const hits = ({ summary }: HeadlessRun): number => summary.stages['noise']!.cacheHits;

test('a run goes on when the disk is full, says so once, and keeps results again when it is not', async () => {
  const page = await openPage('#headless');
  await page.waitForFunction(() => 'millraceHeadless' in globalThis);
  await allow(page, 3_000_000);
  const full = await run(page);
  expect(full.notices).toEqual([
    'Results are not kept for the next run: the browser has no more room for them (the Cache tab can clear what is kept).',
  ]);
  // What fitted is still found, and true.
  const again = await run(page);
  expect(again.summary.results).toBe(full.summary.results);
  expect(hits(again)).toBeLessThan(items / 2);

  await allow(page, null);
  const roomy = [await run(page), await run(page)];
  expect(roomy.flatMap(({ notices }) => notices)).toEqual([]);
  expect(hits(roomy[1]!)).toBe(items);
  for (const { summary } of roomy) expect(summary.results).toBe(full.summary.results);
});
