import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { traceDigest } from '../../src/trace/digest.ts';
import { arbitraryDocument } from './arbitrary-document.ts';
import { lateStarts } from './late-starts.ts';
import { drawLanes } from './lanes.ts';
import { simulateDocument } from './run.ts';

const seed = process.env['MILLRACE_SEED'];
const options = {
  numRuns: Number(process.env['MILLRACE_RUNS'] ?? 500),
  ...(seed ? { seed: Number(seed) } : {}),
};

type Routing = NonNullable<NonNullable<PipelineDocument['machine']>['routing']>;
const perWorker: readonly Routing[] = [
  'round-robin',
  'random',
  'least-loaded',
  'least-loaded-scan',
  'two-choices',
  'affinity',
];

const isValid = (document: PipelineDocument): boolean => parseDocument(document).pipeline !== null;

function withMachine(
  document: PipelineDocument,
  machine: NonNullable<PipelineDocument['machine']>,
): PipelineDocument {
  return { ...document, machine: { ...document.machine, ...machine } };
}

/**
 * What is settled early where tasks are formed before they start: a batch can't grow while it waits
 * for its worker, and what a producer still holds (capacity 0) stands in line with what is tried again.
 */
function withoutEarlyForming(document: PipelineDocument): PipelineDocument {
  const stages = document.stages.map((stage) => ({
    ...stage,
    batch: { size: 1 },
    buffer: {
      ...stage.buffer,
      capacity: stage.buffer?.capacity === 0 ? 1 : (stage.buffer?.capacity ?? null),
    },
  }));
  return { ...document, stages };
}

const digestOf = (document: PipelineDocument): string =>
  traceDigest(simulateDocument(document, 2).trace);

/** Every task with its times and outcome, and the books. */
function scheduleOf(document: PipelineDocument): string {
  const { trace } = simulateDocument(document, 2);
  return `${drawLanes(trace)}\n${JSON.stringify(trace.meta)}`;
}

test('with one worker no routing makes a difference', () => {
  fc.assert(
    fc.property(
      arbitraryDocument.map(withoutEarlyForming).filter(isValid),
      fc.constantFrom(...perWorker),
      (document, routing) => {
        const alone = withMachine(document, { workers: 1 });
        expect(scheduleOf(withMachine(alone, { routing }))).toBe(
          scheduleOf(withMachine(alone, { routing: 'shared-queue' })),
        );
      },
    ),
    options,
  );
}, 60_000);

test('the least-loaded worker is the same whether a heap or a scan finds it', () => {
  fc.assert(
    fc.property(arbitraryDocument.filter(isValid), (document) => {
      expect(digestOf(withMachine(document, { routing: 'least-loaded' }))).toBe(
        digestOf(withMachine(document, { routing: 'least-loaded-scan' })),
      );
    }),
    options,
  );
}, 60_000);

test('a lane that is being started counts as one that is there, for the heap as for the scan', () => {
  // a is killed at 55 ms, its lane is up again at 57 since c waits there; a comes back at 56.
  const document: PipelineDocument = {
    format: 'millrace/1',
    source: { kind: 'count', count: 1 },
    stages: [
      {
        id: 'a',
        work: { kind: 'synthetic', phases: [{ cpu: 60 }] },
        timeout: 5,
        retry: { attempts: 2, backoff: 1, factor: 1, jitter: 0 },
      },
      {
        id: 'b',
        work: { kind: 'synthetic', phases: [{ cpu: 100 }] },
        setup: { phases: [{ wait: 2 }], when: 'start' },
      },
      { id: 'c', work: { kind: 'synthetic', phases: [] } },
    ],
    machine: { workers: 2 },
  };
  for (const routing of ['least-loaded', 'least-loaded-scan'] as const) {
    const { tasks } = simulateDocument(withMachine(document, { routing }), 2).trace;
    const rows = Array.from({ length: tasks.count }, (_, row) => row);
    const second = rows.find((row) => tasks.stage[row] === 0 && tasks.attempt[row] === 2)!;
    expect([routing, tasks.worker[second], tasks.start[second]]).toEqual([routing, 0, 57]);
  }
});

test('no task starts late without a reason', () => {
  fc.assert(
    fc.property(
      arbitraryDocument.filter(isValid),
      fc.constantFrom(...perWorker),
      (document, routing) => {
        const routed = withMachine(document, { routing });
        expect(lateStarts(routed, simulateDocument(routed, 2).trace)).toEqual([]);
      },
    ),
    options,
  );
}, 60_000);

test('round-robin gives no worker two tasks more than another', () => {
  const alike = arbitraryDocument
    .filter(isValid)
    .map((document) => withMachine(document, { routing: 'round-robin' }));
  fc.assert(
    fc.property(alike, (document) => {
      const { trace } = simulateDocument(document, 2);
      // What was routed and then dropped or cancelled had its turn too, and a fold takes none but one.
      fc.pre(trace.meta.ended === 'done');
      const all = trace.meta.stages.reduce(
        (sum, stage) => sum + stage.dropped + stage.cancelled,
        0,
      );
      fc.pre(all === 0 && !document.stages.some((stage) => stage.join === 'fold'));
      const counts = Array.from({ length: trace.meta.workers }, () => 0);
      for (let row = 0; row < trace.tasks.count; row++) {
        if (trace.tasks.worker[row]! >= 0) counts[trace.tasks.worker[row]!]!++;
      }
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
    options,
  );
}, 60_000);
