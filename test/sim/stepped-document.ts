import fc from 'fast-check';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';

/**
 * What stage code of stepped documents finds in its worker: a promise of how its task is to end. Put before
 * the stage worker's own program, which it leaves alone. Each task ends on one message to its worker; tasks of one
 * stage are told apart by the order in which they began there. Nothing here takes time.
 */
export const stepPrelude = `(() => {
  const begun = new Map();
  const waiting = new Map();
  const told = new Map();
  addEventListener('message', (event) => {
    const step = event.data?.step;
    if (!step) return;
    event.stopImmediatePropagation();
    const name = step.stage + ' ' + step.call;
    const go = waiting.get(name);
    if (go) go(step);
    else told.set(name, step);
  });
  globalThis.nextStep = (stage) => {
    const call = begun.get(stage) ?? 0;
    begun.set(stage, call + 1);
    const name = stage + ' ' + call;
    return told.has(name) ? told.get(name) : new Promise((go) => waiting.set(name, go));
  };
  globalThis.entryOf = (code, ctx) => {
    if (code === -1) return 0;
    return code === 0 ? ctx.none : ctx.many(new Array(code).fill(0));
  };
})();
`;

/** How a worker is told to end its `call`-th task (from 0) of a stage. `codes` as in `TaskEnd.outputs`. */
export interface Step {
  stage: string;
  call: number;
  fails: boolean;
  codes: number[];
}

const perItem = (id: string): string => `
export default async (input, ctx) => {
  const { fails, codes } = await nextStep('${id}');
  if (fails) throw new Error('It was told to fail.');
  return entryOf(codes[0], ctx);
};`;

const perBatch = (id: string): string => `
export default async (inputs, ctx) => {
  const { fails, codes } = await nextStep('${id}');
  if (fails) throw new Error('It was told to fail.');
  return codes.map((code) => entryOf(code, ctx));
};`;

const fold = (id: string): string => `
export default async (sum) => {
  const { fails } = await nextStep('${id}');
  if (fails) throw new Error('It was told to fail.');
  return (sum ?? 0) + 1;
};
export const finish = async (sum, ctx) => {
  const { fails, codes } = await nextStep('${id}');
  if (fails) throw new Error('It was told to fail.');
  return entryOf(codes[0], ctx);
};`;

function stage(index: number): fc.Arbitrary<StageDocument> {
  const earlier = Array.from({ length: index }, (_, i) => `s${i}`);
  return fc
    .record({
      after: fc.subarray(earlier, { maxLength: Math.min(2, index) }),
      join: fc.constantFrom(
        'zip' as const,
        'zip' as const,
        'each' as const,
        'all' as const,
        'fold' as const,
      ),
      permits: fc.constantFrom(null, null, 1, 2),
      uses: fc.constantFrom({}, {}, { api: 1 }, { api: 2 }),
      batch: fc.constantFrom(
        { size: 1 },
        { size: 1 },
        { size: 2, linger: null },
        { size: 3, linger: null },
      ),
      capacity: fc.constantFrom(null, null, 0, 1, 3),
      whenFull: fc.constantFrom(
        'throttle' as const,
        'throttle' as const,
        'drop-newest' as const,
        'drop-oldest' as const,
        'grow' as const,
      ),
      priority: fc.integer({ min: 0, max: 2 }),
      failure: fc.constantFrom(0, 0, 0.3),
      attempts: fc.constantFrom(1, 2, 3),
      onError: fc.constantFrom<'collect' | 'stop'>('collect', 'collect', 'collect', 'stop'),
      expand: fc.constantFrom(1, 1, 1, 2, 0, { uniform: [0, 3] as [number, number] }),
    })
    .map((draw): StageDocument => {
      const barrier = draw.join === 'all' || draw.join === 'fold';
      const batch = barrier ? { size: 1 } : draw.batch;
      const tooSmall = draw.capacity !== null && draw.capacity < batch.size && batch.size > 1;
      return {
        id: `s${index}`,
        after: draw.after,
        join: draw.join,
        work: {
          kind: 'code',
          source: (draw.join === 'fold' ? fold : batch.size > 1 ? perBatch : perItem)(`s${index}`),
          // Durations are drawn anew for every attempt, so tasks end in an order that the seed makes up.
          model: {
            phases: [{ wait: { uniform: [1, 100] } }],
            output: 0,
            failure: draw.failure,
            expand: draw.expand,
          },
        },
        permits: draw.permits,
        uses: draw.uses,
        batch,
        buffer: { capacity: tooSmall ? null : draw.capacity, whenFull: draw.whenFull },
        priority: draw.priority,
        retry: { attempts: draw.attempts, backoff: 0 },
        onError: draw.onError,
      };
    });
}

/**
 * Valid or nearly valid small documents of stepped stages, with every setting that decides what starts when
 * and that needs no clock: no timed arrivals, lingering, pauses, time-outs or look-ups.
 */
export const steppedDocument: fc.Arbitrary<PipelineDocument> = fc
  .integer({ min: 1, max: 4 })
  .chain((count) =>
    fc.record({
      seed: fc.integer({ min: 0, max: 1_000_000 }),
      items: fc.integer({ min: 1, max: 7 }),
      stages: fc.tuple(...Array.from({ length: count }, (_, i) => stage(i))),
      workers: fc.integer({ min: 1, max: 3 }),
      tasksPerWorker: fc.integer({ min: 1, max: 2 }),
      order: fc.constantFrom(
        'fifo' as const,
        'lifo' as const,
        'priority' as const,
        'shortest' as const,
        'critical-path' as const,
        'downstream-first' as const,
      ),
      routing: fc.constantFrom(
        'shared-queue' as const,
        'round-robin' as const,
        'random' as const,
        'least-loaded' as const,
        'two-choices' as const,
        'affinity' as const,
      ),
      inFlight: fc.constantFrom(null, null, 1, 3),
    }),
  )
  .map(({ seed, items, stages, ...machine }) => ({
    format: 'millrace/1' as const,
    seed,
    source: { kind: 'count' as const, count: items },
    stages,
    limits: { api: 2 },
    machine: { ...machine, cores: 3 },
  }));
