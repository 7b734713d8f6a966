import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judgeText } from './judge-text.ts';
import { hostileText, sound } from './spoilt-text.ts';

it('every sound text is taken by one reader at least', async () => {
  for (const text of sound) expect(await judgeText(text), text.slice(0, 60)).not.toEqual([]);
});

it('whatever a text is, each reader takes it or refuses it in a sentence', async () => {
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      for (const reader of await judgeText(text)) reached.add(reader);
    }),
    { numRuns: 2000 },
  );
  // Not so broken that nobody ever looks inside.
  for (const reader of [
    'github-actions',
    'chrome-trace',
    'csv',
    'result file',
    'baseline',
    'packed link',
  ])
    expect(reached).toContain(reader);
}, 120_000);
