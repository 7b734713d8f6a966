import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { itemLabel } from '../../src/trace/item-label.ts';
import { Mark, Outcome } from '../../src/trace/types.ts';
import { isValid } from './arbitrary-case.ts';
import { arbitraryDocument } from './arbitrary-document.ts';

const seed = process.env['MILLRACE_SEED'];
const seeded = seed ? { seed: Number(seed) } : {};

/** The document with all that its machine decides chosen anew. Nothing here changes what the work is. */
const otherMachine = fc.record({
  order: fc.constantFrom('fifo', 'lifo', 'priority', 'downstream-first'),
  routing: fc.constantFrom('shared-queue', 'round-robin', 'random', 'least-loaded', 'affinity'),
  workers: fc.integer({ min: 1, max: 5 }),
  permits: fc.constantFrom(null, 1, 2),
  capacity: fc.constantFrom(null, 1, 3),
} as const);

/** Of one item a task, with nothing shared and nothing cut short: what a row takes is what was drawn. */
function plainly(document: PipelineDocument): PipelineDocument {
  return {
    ...document,
    machine: { ...document.machine, tasksPerWorker: 1, warm: 'all', memory: null },
    stages: document.stages.map((stage) => ({ ...stage, batch: { size: 1 }, timeout: null })),
  };
}

/** What was drawn for each item, attempt and stage: "resize:7 #2 …" → a number. */
function drawn(document: PipelineDocument): Map<string, number> {
  const { pipeline } = parseDocument(document);
  const { trace } = simulate(pipeline!, { cores: 8 });
  const { tasks, marks, items, meta } = trace;
  const found = new Map<string, number>();
  const name = (stage: number, item: number): string =>
    `${meta.stages[stage]!.id}:${itemLabel(trace, item)}`;
  for (let row = 0; row < tasks.count; row++) {
    const [stage, item, outcome] = [tasks.stage[row]!, tasks.item[row]!, tasks.outcome[row]!];
    if (tasks.worker[row]! < 0 || outcome === Outcome.cancelled) continue;
    if (items.parent[item] === -2) continue;
    const task = `${name(stage, item)} #${tasks.attempt[row]}`;
    found.set(`${task} fails`, outcome === Outcome.ok ? 0 : 1);
    found.set(`${task} takes`, tasks.end[row]! - tasks.dispatch[row]! - tasks.setup[row]!);
  }
  const tries = new Map<string, number>();
  for (let row = 0; row < marks.count; row++) {
    if (marks.kind[row] !== Mark.backoff) continue;
    const item = name(marks.stage[row]!, marks.item[row]!);
    const count = (tries.get(item) ?? 0) + 1;
    tries.set(item, count);
    found.set(`${item} waits before attempt ${count + 1}`, marks.value[row]! - marks.time[row]!);
  }
  for (let item = 0; item < items.count; item++) {
    if (items.parent[item] === -1)
      found.set(`${itemLabel(trace, item)} comes`, items.arrive[item]!);
  }
  return found;
}

test('another machine does the very same work: draws know nothing of the order of events', () => {
  let compared = 0;
  fc.assert(
    fc.property(arbitraryDocument.filter(isValid), otherMachine, (document, other) => {
      const { permits, capacity, ...machine } = other;
      const before = plainly(document);
      const after: PipelineDocument = {
        ...before,
        machine: { ...before.machine, ...machine },
        stages: before.stages.map((stage) => ({ ...stage, permits, buffer: { capacity } })),
      };
      const arrivesByItself = document.source?.arrivals?.kind !== 'all';
      const [a, b] = [drawn(before), drawn(after)];
      for (const [what, value] of a) {
        const again = b.get(what);
        // Not every item gets as far on both: one may drop what the other holds.
        if (again === undefined || (what.endsWith('comes') && !arrivesByItself)) continue;
        compared++;
        expect(again, what).toBeCloseTo(value, 6);
      }
    }),
    { numRuns: 300, ...seeded },
  );
  expect(compared).toBeGreaterThan(300);
}, 60_000);
