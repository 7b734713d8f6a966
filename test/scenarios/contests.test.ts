import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCycle } from '../../src/pipeline/graph.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { claims } from '../../src/scenarios/claims/index.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { load, plainLoop } from './plain-loop.ts';

type Stage<In, Out> = (input: In) => Out;

/** Stages of a gallery document, as the functions their texts are. */
async function stagesOf<In, Out>(id: string, ...ids: string[]): Promise<Stage<In, Out>[]> {
  const { stages, modules } = await gallery.find((entry) => entry.id === id)!.load();
  const texts = ids.map((one) => stages.find((stage) => stage.id === one)!.work);
  const loaded = texts.map((work) => load(work.kind === 'code' ? work.source : '', modules));
  return (await Promise.all(loaded)).map((module) => module.default as Stage<In, Out>);
}

const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);

const known = new Map<string, Promise<unknown[]>>();

/** What comes out of a document, whose trials all share it. */
function resultsOf(document: PipelineDocument, items: { n: number }[]): Promise<unknown[]> {
  const once = items.map((item) => ({ ...item, times: 1 }));
  const name = JSON.stringify([document.name, once]);
  const found =
    known.get(name) ??
    plainLoop(document, once).then((stages) => [...Object.values(stages)[0]!.values()]);
  known.set(name, found);
  return found;
}

describe('every document that a curve is drawn of', () => {
  const trials = claims.flatMap((claim) =>
    claim.trials.flatMap((trial) => (trial.kind === 'curve' ? { claim, trial } : [])),
  );

  test.each(trials.map(({ claim, trial }) => [`${claim.id}: ${trial.name}`, trial] as const))(
    '%s gives the same by both ways at every size',
    async (_, trial) => {
      const document = await trial.document();
      const values = document.source?.kind === 'values' ? document.source.values : [];
      const items = values as { n: number }[];
      const results = await resultsOf(document, items);
      expect(results).toHaveLength(items.length);
      if (trial.cost !== 'count') return;
      for (const { cost } of results as { cost: Record<string, number> }[]) {
        expect(cost[trial.before]).toBeGreaterThanOrEqual(cost[trial.after]!);
        expect(cost[trial.after]).toBeGreaterThan(0);
      }
    },
  );
});

test('a last stage that sees two different results fails the item', async () => {
  const differing: [string, Record<string, unknown>][] = [
    ['status-checks', { array: 1, hoisted: 2 }],
    ['clustering', { 'all-pairs': [[0, 1]], 'with-heap': [[0], [1]] }],
    ['sorting', { passes: [[0, 1]], counts: [[0], [1]] }],
    ['cycles', { 'copied-path': { cycle: null, cost: 1 }, 'one-path': { cycle: ['a'], cost: 1 } }],
  ];
  for (const [id, results] of differing) {
    const [same] = await stagesOf(id, 'same');
    expect(() => same!(results), id).toThrow(/differ/);
  }
});

test('status checks count what is pending or running', async () => {
  const ways = await stagesOf('status-checks', 'array', 'per-check', 'per-call', 'hoisted');
  const steps = ['PENDING', 'FAILED', 'RUNNING', 'RUNNING', 'SUCCEEDED'].map((status) => {
    return { status };
  });
  for (const count of ways) expect(count({ times: 3, steps })).toBe(3);
});

test('clusters: no two could still be joined, none is too wide, every gap is in one', async () => {
  const ways = await stagesOf<unknown, number[][]>('clustering', 'all-pairs', 'with-heap');
  const gap = fc.record({ x: fc.nat(999), y: fc.nat(999) });
  // Few places, so that many are equally far apart.
  const onGrid = gap.map(({ x, y }) => ({ x: x - (x % 200), y: y - (y % 200) }));
  const lists = fc.oneof(fc.array(gap, { maxLength: 30 }), fc.array(onGrid, { maxLength: 30 }));
  fc.assert(
    fc.property(lists, (gaps) => {
      const [byPairs, byHeap] = ways.map((cluster) => cluster({ times: 1, gaps }));
      expect(byHeap).toEqual(byPairs);
      expect(byHeap!.flat().sort((a, b) => a - b)).toEqual(numbers(gaps.length));
      const width = (members: number[]) =>
        Math.max(
          ...members.flatMap((a) =>
            members.map((b) => Math.hypot(gaps[a]!.x - gaps[b]!.x, gaps[a]!.y - gaps[b]!.y)),
          ),
        );
      for (const [place, one] of byHeap!.entries()) {
        expect(width(one)).toBeLessThanOrEqual(300);
        for (const other of byHeap!.slice(place + 1)) {
          expect(width([...one, ...other])).toBeGreaterThan(300);
        }
      }
    }),
  );
});

/** For each task the tasks it needs, any of them: there may be circles. */
const needsOfTasks = fc
  .integer({ min: 1, max: 12 })
  .chain((n) =>
    fc.array(fc.uniqueArray(fc.nat(n - 1), { maxLength: 3 }), { minLength: n, maxLength: n }),
  );

test('rounds: every task as early as what it needs allows; circles are named', async () => {
  const ways = await stagesOf<unknown, number[][]>('sorting', 'passes', 'counts');
  fc.assert(
    fc.property(needsOfTasks, fc.boolean(), (drawn, isOrdered) => {
      const before = isOrdered
        ? drawn.map((needs, task) => needs.filter((one) => one < task))
        : drawn;
      const stages = before.map((needs, task) => ({ id: `${task}`, after: needs.map(String) }));
      if (findCycle(stages)) {
        for (const sort of ways) expect(() => sort({ times: 1, before })).toThrow(/wait for each/);
        return;
      }
      const [byPasses, byCounts] = ways.map((sort) => sort({ times: 1, before }));
      expect(byCounts).toEqual(byPasses);
      const roundOf = new Map(
        byCounts!.flatMap((tasks, round) => tasks.map((task) => [task, round])),
      );
      expect(roundOf.size).toBe(before.length);
      before.forEach((needs, task) => {
        const earliest = Math.max(-1, ...needs.map((need) => roundOf.get(need)!)) + 1;
        expect(roundOf.get(task)).toBe(earliest);
      });
    }),
  );
});

test('circles: found when there is one, and what is found is one', async () => {
  type Found = { cycle: string[] | null; cost: number };
  const ways = await stagesOf<unknown, Found>('cycles', 'copied-path', 'one-path');
  fc.assert(
    fc.property(needsOfTasks, (drawn) => {
      const needs = Object.fromEntries(drawn.map((some, task) => [task, some.map(String)]));
      const [copied, one] = ways.map((find) => find({ needs }));
      expect(one!.cycle).toEqual(copied!.cycle);
      const stages = Object.entries(needs).map(([id, after]) => ({ id, after }));
      if (findCycle(stages) === null) expect(one!.cycle).toBeNull();
      else {
        const cycle = one!.cycle!;
        cycle.forEach((task, at) => expect(needs[task]).toContain(cycle[(at + 1) % cycle.length]));
      }
    }),
  );
});

test('circles: copies of a path of d names hold d (d + 1) ÷ 2 of them', async () => {
  const ways = await stagesOf<unknown, { cost: number }>('cycles', 'copied-path', 'one-path');
  const needs = Object.fromEntries(numbers(20).map((i) => [`${i}`, i > 0 ? [`${i - 1}`] : []]));
  expect(ways.map((find) => find({ needs }).cost)).toEqual([(20 * 21) / 2, 20]);
});
