import { expect, test } from 'vitest';
import fc from 'fast-check';
import { queueLevels } from '../../src/measure/queue-levels.ts';
import { valueAt } from '../../src/measure/step-series.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { Mark, type Trace } from '../../src/trace/types.ts';
import { sourceId } from '../../src/ui/graph/flow-model.ts';
import { stateLookup } from '../../src/ui/graph/state-lookup.ts';
import { arbitraryDocument } from '../sim/arbitrary-document.ts';

/** Counted anew by looking at every row. */
function counted({ tasks, marks }: Trace, stage: number, ms: number) {
  const count = { running: 0, blocked: 0, tasks: 0, dropped: 0 };
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.stage[row] !== stage || tasks.worker[row]! < 0) continue;
    if (tasks.start[row]! <= ms && ms < tasks.end[row]!) count.running++;
    if (tasks.end[row]! <= ms && ms < tasks.leave[row]!) count.blocked++;
    if (tasks.dispatch[row]! <= ms) count.tasks++;
  }
  const lost: number[] = [Mark.dropNewest, Mark.dropOldest, Mark.orphaned];
  const items = new Set<number>();
  for (let mark = 0; mark < marks.count; mark++) {
    if (marks.stage[mark] === stage && marks.time[mark]! <= ms && lost.includes(marks.kind[mark]!))
      items.add(marks.item[mark]!);
  }
  count.dropped = items.size;
  return count;
}

test('an instant is what counting every row says, and steps visit all instants of change both ways', () => {
  let steps = 0;
  fc.assert(
    fc.property(arbitraryDocument, fc.array(fc.double({ min: 0, max: 1 })), (document, shares) => {
      const { pipeline } = parseDocument(document);
      if (pipeline === null) return;
      const { trace } = simulate(pipeline, { cores: 2, sourceItems: 12 });
      const queues = queueLevels(trace);
      const lookup = stateLookup(trace, queues);
      const { stages, makespan } = trace.meta;
      for (const ms of shares.map((share) => share * makespan)) {
        const states = lookup.at(ms);
        expect(states.size).toBe(stages.length + 1);
        stages.forEach(({ id }, index) => {
          const queued = valueAt(queues[index]!, ms);
          expect(states.get(id)).toEqual({ queued, ...counted(trace, index, ms) });
        });
      }
      const forth: number[] = [];
      for (let ms = lookup.changeFrom(-1, 1); ms !== null; ms = lookup.changeFrom(ms, 1))
        forth.push(ms);
      const back: number[] = [];
      for (let ms = lookup.changeFrom(1e12, -1); ms !== null; ms = lookup.changeFrom(ms, -1))
        back.push(ms);
      expect(back.reverse()).toEqual(forth);
      // Between two of them nothing changes, entries and all.
      for (const [i, ms] of forth.entries()) {
        steps++;
        const nextMs = forth[i + 1] ?? ms + 1;
        const [now, then] = [lookup.at(ms), lookup.at(ms + (nextMs - ms) * 0.99)];
        for (const [id, state] of now) expect(then.get(id)).toBe(state);
      }
    }),
    { numRuns: 100 },
  );
  expect(steps).toBeGreaterThan(500);
}, 30_000);

test('the source says what waits to be let in', () => {
  const { pipeline } = parseDocument({
    format: 'millrace/1',
    source: { kind: 'count', count: 10 },
    stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 5 }] } }],
    machine: { workers: 1, inFlight: 2 },
  });
  const { trace } = simulate(pipeline!, { cores: 1 });
  const lookup = stateLookup(trace, queueLevels(trace));
  expect(lookup.at(1).get(sourceId)).toMatchObject({ queued: 8, tasks: 2 });
  expect(lookup.at(6).get(sourceId)).toMatchObject({ queued: 7, tasks: 3 });
  expect(lookup.at(49).get(sourceId)).toMatchObject({ queued: 0, tasks: 10 });
});

test('an item whose halves are let go one by one is dropped once', () => {
  const work = (cpu: number, failure = 0) => ({
    work: { kind: 'synthetic' as const, phases: [{ cpu }], failure },
  });
  const { pipeline } = parseDocument({
    format: 'millrace/1',
    source: { kind: 'count', count: 2 },
    stages: [
      { id: 'a', ...work(1, 1) },
      { id: 'b', after: [], ...work(5) },
      { id: 'c', after: [], ...work(9) },
      { id: 'z', after: ['a', 'b', 'c'], join: 'zip', ...work(1) },
    ],
    machine: { workers: 6 },
  });
  const { trace } = simulate(pipeline!, { cores: 6 });
  const lookup = stateLookup(trace, queueLevels(trace));
  expect([4, 5, 9].map((ms) => lookup.at(ms).get('z')!.dropped)).toEqual([0, 2, 2]);
});
