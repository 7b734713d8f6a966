import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queueTracks } from '../../src/charts/layout/level-tracks.ts';
import { buildItemSchedule } from '../../src/charts/layout/item-lanes.ts';
import { buildSchedule } from '../../src/charts/layout/schedule-lanes.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { StageDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { lostItems } from '../../src/trace/lost-items.ts';
import { Mark, type Trace } from '../../src/trace/types.ts';
import { arbitraryDocument } from '../sim/arbitrary-document.ts';
import { cpuStage, document, simulateDocument } from '../sim/run.ts';

/** Every item fails at `a` after 1 ms; its other two halves come to the zip later, one by one. */
function threeParents(): Trace {
  const failing: StageDocument = {
    id: 'a',
    work: { kind: 'synthetic', phases: [{ cpu: 1 }], failure: 1 },
  };
  const after = ['a', 'b', 'c'];
  const halves = [cpuStage('b', 5, { after: [] }), cpuStage('c', 9, { after: [] })];
  return simulateDocument(
    document([failing, ...halves, cpuStage('z', 1, { after, join: 'zip' })], {
      source: { kind: 'count', count: 2 },
      machine: { workers: 6 },
    }),
  ).trace;
}

test('an item whose halves are let go one by one is lost once, in every chart', () => {
  const trace = threeParents();
  const { marks, meta } = trace;
  const kinds = [...marks.kind.subarray(0, marks.count)];
  expect(kinds.filter((kind) => kind === Mark.orphaned)).toHaveLength(4);
  expect(meta.stages[3]!.dropped).toBe(2);
  expect(lostItems(marks)).toHaveLength(2);
  expect(lostItems(marks).map((mark) => marks.time[mark])).toEqual([5, 5]);

  expect([...queueTracks(trace)[3]!.marksMs.orphan!]).toEqual([5, 5]);
  const zip = buildSchedule(trace, 'stage').groups[3]!;
  expect([...zip.drops.from]).toEqual([5, 5]);
  const items = buildItemSchedule(trace, new Set()).items!;
  expect([0, 1].map((item) => [...items.group(item).drops.from])).toEqual([[5], [5]]);
});

const seed = 20261122;
const losses: number[] = [Mark.dropNewest, Mark.dropOldest, Mark.orphaned];

test(`what marks tell to be lost is what the books say, in random documents (seed ${seed})`, () => {
  let toldAgain = 0;
  fc.assert(
    fc.property(arbitraryDocument, (doc) => {
      const { pipeline } = parseDocument(doc);
      if (pipeline === null) return;
      const { marks, meta } = simulate(pipeline, { cores: 2 }).trace;
      const rows = lostItems(marks);
      meta.stages.forEach(({ dropped }, stage) =>
        expect(rows.filter((mark) => marks.stage[mark] === stage)).toHaveLength(dropped),
      );
      const isLoss = (kind: number): boolean => losses.includes(kind);
      toldAgain += marks.kind.subarray(0, marks.count).filter(isLoss).length - rows.length;
    }),
    { numRuns: 500, seed },
  );
  expect(toldAgain).toBeGreaterThan(0);
}, 60_000);
