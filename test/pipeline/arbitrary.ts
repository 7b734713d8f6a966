/** Random valid documents, for property tests. */
import fc from 'fast-check';
import type {
  Draw,
  Phase,
  PipelineDocument,
  SourceDocument,
  StageDocument,
} from '../../src/pipeline/types.ts';

const amount = fc.double({ min: 0, max: 1e6, noNaN: true }).map((x) => Math.abs(x));
const whole = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const list = fc.array(amount, { minLength: 1, maxLength: 4 });

export const draw: fc.Arbitrary<Draw> = fc.oneof(
  amount,
  fc.tuple(amount, amount).map(([a, b]): Draw => ({ uniform: a < b ? [a, b] : [b, a] })),
  amount.map((mean): Draw => ({ exponential: mean })),
  fc
    .tuple(amount, fc.double({ min: 0, max: 9, noNaN: true }))
    .map(([mean, cv]): Draw => ({ lognormal: { mean, cv: Math.abs(cv) } })),
  amount.map((mean): Draw => ({ pareto: { mean, alpha: 1.5 } })),
  list.map((empirical): Draw => ({ empirical })),
  list.map((perItem): Draw => ({ perItem })),
);

const phase: fc.Arbitrary<Phase> = fc.oneof(
  fc.record(
    { cpu: draw, per: fc.constantFrom('task' as const, 'item' as const) },
    { requiredKeys: ['cpu'] },
  ),
  fc.record({ wait: draw }),
);
const phases = fc.array(phase, { maxLength: 3 });
const cost = {
  phases,
  output: draw.map(capped),
  failure: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
};

/** Sizes stay under every ceiling. */
function capped(value: Draw): Draw {
  return typeof value === 'number' ? Math.min(value, 1e6) : value;
}

const work: fc.Arbitrary<StageDocument['work']> = fc.oneof(
  fc.record(
    { kind: fc.constant('synthetic' as const), ...cost },
    { requiredKeys: ['kind', 'phases'] },
  ),
  fc.record(
    {
      kind: fc.constant('code' as const),
      source: fc.constant('export default (item) => item'),
      model: fc.option(fc.record(cost, { requiredKeys: ['phases'] })),
    },
    { requiredKeys: ['kind', 'source'] },
  ),
);

const settings = fc.record(
  {
    name: fc.string({ maxLength: 20 }),
    permits: fc.option(whole(1, 50)),
    batch: fc.record({ linger: fc.constantFrom(0, null) }, { requiredKeys: [] }),
    buffer: fc.record(
      {
        capacity: fc.option(whole(1, 50)),
        whenFull: fc.constantFrom('throttle', 'drop-newest', 'drop-oldest', 'grow'),
      },
      { requiredKeys: [] },
    ),
    setup: fc.record(
      { phases, when: fc.constantFrom('task', 'worker', 'start') },
      { requiredKeys: [] },
    ),
    priority: whole(-5, 5),
    timeout: fc.option(whole(1, 1000)),
    retry: fc.record(
      { attempts: whole(1, 9), backoff: amount, jitter: fc.constantFrom(0, 0.5) },
      { requiredKeys: [] },
    ),
    onError: fc.constantFrom('collect', 'stop'),
    cache: fc.option(
      fc.record(
        { ttl: fc.option(amount), version: fc.string({ maxLength: 5 }) },
        { requiredKeys: [] },
      ),
    ),
    join: fc.constantFrom('zip', 'each', 'all'),
    uses: fc.constantFrom({}, { api: 1 }, { api: 2, gpu: 1 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<StageDocument>>;

const source: fc.Arbitrary<SourceDocument> = fc
  .tuple(
    fc.oneof(
      whole(0, 1000).map((count) => ({ kind: 'count' as const, count })),
      fc
        .array(fc.jsonValue(), { maxLength: 3 })
        // What is written of -0 is 0.
        .map((values) => JSON.parse(JSON.stringify(values)) as unknown[])
        .map((values) => ({ kind: 'values' as const, values })),
      fc.constant({ kind: 'corpus' as const, corpus: 'sources' }),
      fc.constant({ kind: 'files' as const, files: {} }),
      fc
        .record(
          { pageSize: whole(1, 50), latency: draw, rate: fc.option(whole(1, 9)) },
          { requiredKeys: [] },
        )
        .map((service) => ({ kind: 'service' as const, service })),
    ),
    fc.record(
      {
        bytes: whole(0, 1e6),
        arrivals: fc.constantFrom(
          { kind: 'all' as const },
          { kind: 'poisson' as const, rate: 5 },
          { kind: 'bursts' as const, rate: 5, size: 3 },
        ),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([own, common]) => ({ ...own, ...common }) as SourceDocument);

/** Stages "s0", "s1"…, each after some of the earlier ones, listed in random order. */
const stages: fc.Arbitrary<StageDocument[]> = fc
  .array(fc.tuple(settings, work, fc.array(fc.nat(), { maxLength: 3 })), {
    minLength: 1,
    maxLength: 7,
  })
  .chain((parts) => {
    const list = parts.map(([own, does, parents], index): StageDocument => {
      const after = index === 0 ? [] : [...new Set(parents.map((parent) => `s${parent % index}`))];
      return { id: `s${index}`, ...own, ...(after.length === 0 ? {} : { after }), work: does };
    });
    return fc.shuffledSubarray(
      list.map((stage) => meeting(stage, list)),
      {
        minLength: list.length,
      },
    );
  });

/** Where items get names of their own, halves of a zip might never meet: such stages copy instead. */
function meeting(stage: StageDocument, all: readonly StageDocument[]): StageDocument {
  const several = (one: StageDocument): boolean => (one.after?.length ?? 0) > 1;
  const renames = all.some(
    (one) =>
      one.join === 'all' ||
      (one.join === 'each' && several(one)) ||
      (one.work.kind === 'synthetic' && (one.work.expand ?? 1) !== 1),
  );
  return renames && several(stage) && (stage.join ?? 'zip') === 'zip'
    ? { ...stage, join: 'each' }
    : stage;
}

export const validDocument: fc.Arbitrary<PipelineDocument> = fc
  .tuple(
    stages,
    fc.record(
      {
        name: fc.string({ maxLength: 10 }),
        notes: fc.string(),
        seed: fc.nat(),
        source,
        modules: fc.constantFrom({}, { tokens: 'export const a = 1;' }),
        machine: fc.record(
          {
            cores: fc.option(whole(1, 64)),
            workers: fc.oneof(whole(2, 64), fc.constant('cores' as const)),
            warm: fc.constantFrom('all' as const, 0, 1),
            order: fc.constantFrom('fifo', 'critical-path'),
            inFlight: fc.option(whole(1, 100)),
            memory: fc.option(
              fc.record(
                { budget: whole(1, 1e9), highWater: fc.constantFrom(0.5, 0.8) },
                { requiredKeys: ['budget'] },
              ),
            ),
          },
          { requiredKeys: [] },
        ),
        cache: fc.record(
          { ttl: fc.option(amount), policy: fc.constantFrom('lru', 'lfu') },
          { requiredKeys: [] },
        ),
        targets: fc.constantFrom(
          {},
          { total: { target: 5 } },
          { stages: { s0: { target: 1, stretch: 0.5 } } },
        ),
        variants: fc.constantFrom(
          [],
          [{ name: 'one', set: { '/stages/s0/permits': 1, '/machine/workers': 4 } }],
        ),
        sweep: fc.constantFrom(
          {},
          { '/stages/s0/permits': [1, 2, null], '/machine/workers': [1, 'cores'] },
        ),
        lesson: fc.constantFrom([], [{ title: 'a', text: 'b', set: { '/stages/s0/priority': 2 } }]),
      },
      { requiredKeys: [] },
    ),
  )
  .map(
    ([list, more]) =>
      ({
        format: 'millrace/1',
        limits: { api: 2, gpu: 1 },
        ...more,
        stages: list,
      }) as unknown as PipelineDocument,
  );
