import fc from 'fast-check';
import { idealOverheads, type Overheads } from '../../src/engine/runner.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import type { Act, FaultPlan } from '../../src/simulate/fault-plan.ts';
import { arbitraryDocument } from './arbitrary-document.ts';

/** Everything a run depends on: it can be printed as JSON and replayed. */
export interface Case {
  document: PipelineDocument;
  cores: number;
  overheads: Overheads;
  faults: FaultPlan | null;
}

const seldom = fc.constantFrom(0, 0, 0, 0.1, 0.4);

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('pause' as const),
      atMs: fc.integer({ min: 0, max: 20 }),
      forMs: fc.integer({ min: 0, max: 9 }),
    }),
    fc.record({
      kind: fc.constant('end-worker' as const),
      atMs: fc.integer({ min: 0, max: 30 }),
      worker: fc.integer({ min: 0, max: 4 }),
    }),
  ),
  { maxLength: 4 },
);

const faults: fc.Arbitrary<FaultPlan> = fc
  .record({
    seed: fc.integer({ min: 0, max: 1000 }),
    workers: fc.record({
      death: seldom,
      withinMs: fc.constantFrom(0, 2, 4),
      stillborn: fc.constantFrom(0, 0, 0.3),
      slow: fc.constantFrom(0, 0, 0.5),
      slowFactor: fc.constantFrom(1, 3),
    }),
    tasks: fc.record({
      hang: fc.constantFrom(0, 0, 0.1, 0.3),
      killAfterMs: fc.constantFrom(7, 80),
      error: seldom,
      itemError: seldom,
    }),
    cache: fc.record({
      room: fc.constantFrom(null, null, 0, 1),
      refuse: fc.constantFrom(0, 0, 0.5),
      failLookUp: fc.constantFrom(0, 0, 0.3),
      lateMs: fc.constantFrom(0, 0, 4),
      shuffled: fc.boolean(),
    }),
    source: fc.record({
      failsAfter: fc.constantFrom(null, null, null, 3),
      lateMs: fc.constantFrom(0, 0, 3),
    }),
    acts,
    stopMs: fc.oneof(
      { weight: 5, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.noBias(fc.integer({ min: 0, max: 40 })) },
    ),
  })
  .map(({ stopMs, ...plan }) =>
    stopMs === null
      ? plan
      : { ...plan, acts: [...plan.acts, { kind: 'stop' as const, atMs: stopMs }] },
  );

/** ms that the code of a stage is compiled; null: it declares its work and has no code. */
const coldMs = fc.constantFrom(null, null, null, 0, 2, 6);

/** Some stages have code that a run has measured: it costs what they declared. */
function withCode(document: PipelineDocument, coldMs: readonly (number | null)[]) {
  const stages = document.stages.map((stage, at): StageDocument => {
    const { work } = stage;
    const cold = coldMs[at] ?? null;
    if (work.kind !== 'synthetic' || cold === null) return stage;
    const { kind, key, ...cost } = work;
    void [kind, key];
    const source = 'export default (item) => item;';
    return { ...stage, work: { kind: 'code', source, model: { ...cost, cold } } };
  });
  return { ...document, stages };
}

/** Nothing but a free worker decides when tasks start: where messages cost something they are sent ahead. */
const withoutLimits = (document: PipelineDocument): PipelineDocument => ({
  ...document,
  stages: document.stages.map((stage) => ({
    ...stage,
    ...{ permits: null, uses: {}, timeout: null, buffer: { capacity: null } },
  })),
  machine: {
    ...document.machine,
    ...{ order: 'fifo', routing: 'shared-queue', tasksPerWorker: 1, inFlight: null },
  },
});

/** Validation refuses some (a zip whose halves can never meet). */
export const isValid = (document: PipelineDocument): boolean =>
  parseDocument(document).pipeline !== null;

/** Everything costs something, in few different numbers. */
export const costly: Overheads = {
  ...{ startWorkerMs: 2, startTaskMs: 0.25, perByteMs: 0.01, messageMs: 0.5, turnMs: 0.25 },
  ...{ dispatchMs: 0.125, wakeMs: 0.25, timerStepMs: 1, contention: 0.25, helperShare: 0.5 },
};

/** A valid document with every setting, on a machine where much goes wrong, or nothing. */
export const arbitraryCase: fc.Arbitrary<Case> = fc.record({
  document: fc
    .tuple(
      arbitraryDocument,
      fc.array(coldMs, { minLength: 6, maxLength: 6 }),
      fc.constantFrom(false, false, false, true),
    )
    .map(([document, coldMs, isFree]) =>
      withCode(isFree ? withoutLimits(document) : document, coldMs),
    )
    .filter(isValid),
  cores: fc.integer({ min: 1, max: 4 }),
  overheads: fc.constantFrom(
    idealOverheads,
    idealOverheads,
    { ...idealOverheads, startWorkerMs: 2 },
    { ...idealOverheads, startWorkerMs: 3, startTaskMs: 1, perByteMs: 0.01 },
    { ...idealOverheads, contention: 0.25, helperShare: 0.5 },
    { ...costly, perByteMs: 0, contention: 0, helperShare: 0 },
    costly,
  ),
  faults: fc.option(faults, { freq: 3 }),
});
