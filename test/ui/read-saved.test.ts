import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withAt } from '../../src/pipeline/pointer.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { readSaved } from '../../src/ui/state/read-saved.ts';
import { snapshotOf, snapshotOfSaved, textOf } from '../../src/ui/state/snapshot.ts';
import { newWork } from '../../src/ui/state/work.ts';

const drawn: PipelineDocument = {
  format: 'millrace/1',
  name: 'Drawn',
  stages: [
    { id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
    { id: 'b', after: ['a'], work: { kind: 'synthetic', phases: [{ wait: 2 }] } },
  ],
};

test.each([
  ['/stages/a/permits', 0],
  ['/stages/a/permits', 1e308],
  ['/stages/a/buffer', { capacity: -5 }],
  ['/stages/b/work/failure', -5],
  ['/stages/a/name', 'x'.repeat(5000)],
  ['/name', 'x'.repeat(5000)],
])('what a field marks as wrong comes back with everything around it: %s', (pointer, value) => {
  const edited = withAt(drawn, pointer, value)!;
  const before = snapshotOf(edited, newWork());
  expect(before.pipeline).toBe(null);
  const after = snapshotOfSaved(textOf(before), before.work);
  expect(after.brokenText).toBe(null);
  expect(after.document).toEqual(edited);
  expect(after.problems).toEqual(before.problems);
});
test.each<[string, Record<string, unknown[]>]>([
  ['a value that does not fit', { '/stages/a/permits': [1, 0] }],
  ['a field that is not there', { '/stages/c/permits': [1] }],
  ['too many values', { '/stages/a/permits': Array.from({ length: 10_001 }, (_, at) => at + 1) }],
  [
    'too many cells',
    {
      '/stages/a/permits': Array.from({ length: 200 }, (_, at) => at + 1),
      '/stages/b/permits': Array.from({ length: 100 }, (_, at) => at + 1),
    },
  ],
])('a sweep with a problem keeps the document from nothing else: %s', (_, sweep) => {
  const { pipeline, problems } = snapshotOf({ ...drawn, sweep }, newWork());
  expect(problems.map(({ severity }) => severity)).toContain('error');
  expect(pipeline).toEqual(snapshotOf(drawn, newWork()).pipeline);
  const broken = withAt(drawn, '/stages/a/permits', 0)!;
  expect(snapshotOf({ ...broken, sweep }, newWork()).pipeline).toBe(null);
});
test('what is no document stands as text that cannot be read, and is not lost', () => {
  for (const text of ['{"stages": 3}', '[', 'null', '{"stages": [{"id": "a"}]}', '']) {
    expect(readSaved(text)).toBe(null);
    expect(snapshotOfSaved(text, newWork()).brokenText).toBe(text);
  }
});
test('never throws, whatever storage holds', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const found = readSaved(text);
      expect(found === null || Array.isArray(found.stages)).toBe(true);
    }),
  );
});
