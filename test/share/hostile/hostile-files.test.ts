import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judgeText } from './judge-text.ts';
import { hostileText, sound } from './spoilt-text.ts';

it('every sound text is taken by one reader at least, a ledger by its own', async () => {
  for (const text of sound) {
    const took = await judgeText(text);
    expect(took, text.slice(0, 60)).not.toEqual([]);
    if (text.includes('millrace-ledger/1')) expect(took).toContain('ledger file');
  }
});

it.each([
  ['a column’s name that is nothing but brackets', `parse,render (${'('.repeat(20_000)}\n1,2\n`],
  ['a long cell', `parse\n${'x'.repeat(20_000)}\n`],
  [
    'a setting that is a long name',
    sound
      .find((text) => text.includes('"variants"'))!
      .replace('/stages/store/permits', '['.repeat(20_000)),
  ],
  ['YAML of nothing but faults', `jobs: [${'"'.repeat(20_000)}`],
])('found once: %s', async (_, text) => {
  await judgeText(text);
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
