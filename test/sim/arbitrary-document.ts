import fc from 'fast-check';
import type {
  Draw,
  KeyDraw,
  PipelineDocument,
  ServiceSettings,
  StageDocument,
} from '../../src/pipeline/types.ts';

/** Few different numbers, so that many things happen at one instant. */
const ms = fc.constantFrom(0, 1, 2, 3, 5);

/** Mostly there is one, of a fixed length: what it costs is known before anything runs. */
const setUpPhases = fc.constantFrom<NonNullable<StageDocument['setup']>['phases'] & object>(
  [],
  [{ cpu: 1 }],
  [{ cpu: 1 }],
  [{ wait: 1 }, { cpu: 1 }],
);

/** Seldom so long that a time-out and its 50 ms of grace are over before. */
const cpuMs = fc.oneof({ weight: 9, arbitrary: ms }, { weight: 1, arbitrary: fc.constant(60) });

/** Of every kind there is. */
const drawn = fc.constantFrom<Draw>(
  { exponential: 2 },
  { uniform: [1, 4] },
  { lognormal: { mean: 2, cv: 1 } },
  { pareto: { mean: 2, alpha: 3 } },
  { empirical: [1, 4] },
  { perItem: [3, 0, 1] },
);

const phases = fc.array(
  fc.oneof(
    fc.record({ cpu: cpuMs }),
    fc.record({ wait: ms }),
    fc.record({ cpu: drawn }),
    fc.record({ wait: drawn, per: fc.constantFrom<'task' | 'item'>('task', 'item') }),
    fc.record({ wait: ms, per: fc.constantFrom<'task' | 'item'>('task', 'item') }),
  ),
  { maxLength: 3 },
);

function stage(index: number): fc.Arbitrary<StageDocument> {
  const parents = Array.from({ length: index }, (_, i) => `s${i}`);
  const after: fc.Arbitrary<string[]> =
    index === 0
      ? fc.constant([])
      : fc.oneof(
          fc.subarray(parents, { maxLength: Math.min(3, index) }),
          fc.constant<string[]>([`s${index - 1}`]),
          fc.subarray(parents.slice(-3), { minLength: Math.min(2, index) }),
        );
  return fc
    .record({
      after,
      join: fc.constantFrom<'zip' | 'each' | 'all' | 'fold'>('zip', 'zip', 'each', 'all', 'fold'),
      phases,
      failure: fc.constantFrom(0, 0, 0, 0.3),
      expand: fc.constantFrom(1, 1, 1, 1, 1, 0, 2, 3, 0.5, 1.5),
      output: fc.constantFrom(0, 100),
      key: fc.constantFrom<KeyDraw | null>(
        null,
        { perItem: [1, 2, 3] },
        { zipf: { keys: 4, exponent: 1 } },
      ),
      permits: fc.constantFrom(null, 1, 2, 3),
      uses: fc.constantFrom({}, { api: 1 }, { gpu: 2 }, { gpu: 1 }, { api: 1, gpu: 1 }),
      batch: fc.constantFrom<{ size: number; linger?: number | null }>(
        { size: 1 },
        { size: 3, linger: 0 },
        { size: 3, linger: 2 },
        { size: 2, linger: null },
        { size: 4, linger: 5 },
      ),
      capacity: fc.constantFrom(null, null, 0, 1, 3),
      whenFull: fc.constantFrom<'throttle' | 'drop-newest' | 'drop-oldest' | 'grow'>(
        'throttle',
        'throttle',
        'drop-newest',
        'drop-oldest',
        'grow',
      ),
      // Most time-outs strike: too many, and nothing ever reaches the stages below.
      timeout: fc.constantFrom(null, null, null, null, 2, 5, 20),
      attempts: fc.constantFrom(1, 1, 2, 3),
      backoff: fc.constantFrom(0, 1, 1, 4),
      factor: fc.constantFrom(1, 2, 3),
      jitter: fc.constantFrom(0, 0.5),
      onError: fc.oneof(
        { weight: 15, arbitrary: fc.constant('collect' as const) },
        { weight: 1, arbitrary: fc.constant('stop' as const) },
      ),
      cache: fc.boolean(),
      ttl: fc.constantFrom(1000, 1000, 6, null),
      setUpPhases,
      setUpWhen: fc.constantFrom<'task' | 'worker' | 'start'>('task', 'worker', 'start'),
      priority: fc.integer({ min: 0, max: 2 }),
    })
    .map((draw): StageDocument => {
      const barrier = draw.join === 'all' || draw.join === 'fold';
      // Refused by validation: a barrier with batches, a buffer that can never fill a batch.
      const batch: { size: number; linger?: number | null } = barrier ? { size: 1 } : draw.batch;
      const tooSmall =
        draw.capacity !== null && batch.linger === null && draw.capacity < batch.size;
      return {
        id: `s${index}`,
        after: draw.after,
        join: draw.join,
        work: {
          kind: 'synthetic',
          phases: draw.phases,
          failure: draw.failure,
          expand: draw.expand,
          output: draw.output,
          key: draw.cache ? draw.key : null,
        },
        setup: { phases: draw.setUpPhases, when: draw.setUpWhen },
        permits: draw.permits,
        uses: draw.uses,
        batch,
        buffer: { capacity: tooSmall ? null : draw.capacity, whenFull: draw.whenFull },
        priority: draw.priority,
        timeout: draw.timeout,
        retry: {
          attempts: draw.attempts,
          backoff: draw.backoff,
          factor: draw.factor,
          jitter: draw.jitter,
        },
        onError: draw.onError,
        cache: draw.cache && draw.join !== 'fold' ? { ttl: draw.ttl, version: '1' } : null,
      };
    });
}

function calmed(stage: StageDocument): StageDocument {
  const { work } = stage;
  if (work.kind !== 'synthetic') return stage;
  const expand = work.expand === 3 ? 1.5 : 1;
  return { ...stage, join: 'zip', work: { ...work, failure: 0, expand } };
}

/** Valid documents of up to six stages with every setting that the scheduler knows. */
export const arbitraryDocument: fc.Arbitrary<PipelineDocument> = fc
  .record({
    seed: fc.integer({ min: 0, max: 1000 }),
    count: fc.noBias(fc.integer({ min: 0, max: 14 })),
    /** In place of a counted source: a paged one. */
    pages: fc.constantFrom<Partial<ServiceSettings> | null>(
      ...[null, null, null, null, null],
      { pageSize: 4, latency: 2, rate: 200, failure: 0.2 },
      { pageSize: 3, latency: { exponential: 4 }, rate: null, failure: 0 },
    ),
    bytes: fc.constantFrom(0, 100),
    arrivals: fc.constantFrom(
      { kind: 'all' as const },
      { kind: 'all' as const },
      { kind: 'uniform' as const, rate: 500 },
      { kind: 'poisson' as const, rate: 500 },
      { kind: 'bursts' as const, rate: 500, size: 3 },
    ),
    /** Hardly any children, no copies, results or chance failures: else most zips would be refused, or miss a half. */
    isCalm: fc.constantFrom(false, false, true),
    // All six are drawn, so that a failing document can lose stages without being drawn anew.
    stageCount: fc.noBias(fc.integer({ min: 1, max: 6 })),
    stages: fc.tuple(...Array.from({ length: 6 }, (_, i) => stage(i))),
    workers: fc.integer({ min: 1, max: 5 }),
    tasksPerWorker: fc.integer({ min: 1, max: 3 }),
    warm: fc.constantFrom('all' as const, 'all' as const, 0, 1),
    order: fc.constantFrom(
      'fifo' as const,
      'fifo' as const,
      'lifo' as const,
      'priority' as const,
      'shortest' as const,
      'critical-path' as const,
      'downstream-first' as const,
    ),
    routing: fc.constantFrom(
      'shared-queue' as const,
      'shared-queue' as const,
      'shared-queue' as const,
      'round-robin' as const,
      'random' as const,
      'least-loaded' as const,
      'least-loaded-scan' as const,
      'two-choices' as const,
      'affinity' as const,
    ),
    inFlight: fc.constantFrom(null, null, 1, 3),
    memory: fc.constantFrom(null, null, { budget: 250 }, { budget: 800, highWater: 0.5 }),
    cacheSize: fc.constantFrom(1e6, 1e6, 250, 0),
    cachePolicy: fc.constantFrom(
      'lru' as const,
      'fifo' as const,
      'lfu' as const,
      'lru-buckets' as const,
      'w-tinylfu' as const,
    ),
  })
  .map((draw) => ({
    format: 'millrace/1' as const,
    seed: draw.seed,
    source: {
      ...(draw.pages
        ? { kind: 'service' as const, service: { ...draw.pages, items: draw.count } }
        : { kind: 'count' as const, count: draw.count }),
      bytes: draw.bytes,
      arrivals: draw.arrivals,
    },
    stages: draw.stages.slice(0, draw.stageCount).map(draw.isCalm ? calmed : (stage) => stage),
    limits: { api: 1, gpu: 3 },
    cache: { maxSize: draw.cacheSize, policy: draw.cachePolicy },
    machine: {
      workers: draw.workers,
      tasksPerWorker: draw.tasksPerWorker,
      warm: draw.warm,
      order: draw.order,
      routing: draw.routing,
      inFlight: draw.inFlight,
      memory: draw.memory,
    },
  }));
