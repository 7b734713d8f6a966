import { expect, test } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { benchSpeedup } from '../bench/speedup.ts';
import { usingBrowser } from './open-page.ts';

const openPage = usingBrowser();

// The bench itself, tiny: that it runs and adds up, never how fast.
test('the bench of the speedup runs, and its figures belong together', async () => {
  const { pipeline } = parseDocument({
    format: 'millrace/1',
    source: { kind: 'count', count: 6 },
    stages: [{ id: 'work', work: { kind: 'synthetic', phases: [{ cpu: 2 }] } }],
    machine: { workers: 2 },
  });
  const page = await openPage('#headless');
  await page.waitForFunction(() => 'millraceHeadless' in globalThis);
  const { rounds, sameResults, speedup } = await benchSpeedup(
    page,
    pipeline!,
    [0, 1, 2, 3, 4, 5],
    2,
  );
  expect(rounds).toHaveLength(2);
  for (const round of rounds) {
    expect(round.twoWorkerRatio).toBeGreaterThan(0);
    expect(round.speedup).toBeCloseTo(round.sequentialMs / round.parallelMs, 10);
    expect(round.achieved).toBeCloseTo(round.speedup / round.allowed, 10);
    expect(round.serialShare).toBe(0);
  }
  expect(sameResults).toBe(true);
  expect(speedup.pairs).toBe(2);
});
