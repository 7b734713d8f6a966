import fc from 'fast-check';
import { idealOverheads, type Overheads } from '../../src/engine/runner.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
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

/** Validation refuses some (a zip whose halves can never meet). */
export const isValid = (document: PipelineDocument): boolean =>
  parseDocument(document).pipeline !== null;

/** A valid document with every setting, on a machine where much goes wrong, or nothing. */
export const arbitraryCase: fc.Arbitrary<Case> = fc.record({
  document: arbitraryDocument.filter(isValid),
  cores: fc.integer({ min: 1, max: 4 }),
  overheads: fc.constantFrom(
    idealOverheads,
    idealOverheads,
    { startWorkerMs: 2, startTaskMs: 0, perByteMs: 0 },
    { startWorkerMs: 3, startTaskMs: 1, perByteMs: 0.01 },
  ),
  faults: fc.option(faults, { freq: 3 }),
});
