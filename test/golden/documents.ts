import type {
  MachineDocument,
  PipelineDocument,
  SourceDocument,
  StageDocument,
} from '../../src/pipeline/types.ts';
import { gallery, type GalleryEntry } from '../../src/scenarios/index.ts';

/** A document whose simulated schedule must never change unnoticed, and be the same in every browser. */
export interface GoldenDocument {
  name: string;
  document: PipelineDocument;
  /** Where the document leaves it to the machine. */
  cores: number;
  /** What the source brings, where only the world knows. */
  sourceItems: number;
}

const golden = (
  name: string,
  stages: StageDocument[],
  more: Partial<PipelineDocument> = {},
): GoldenDocument => ({
  name,
  document: { format: 'millrace/1', seed: 11, source: poisson(60), stages, ...more },
  cores: 2,
  sourceItems: 40,
});

const poisson = (count: number, rate = 400): SourceDocument => ({
  kind: 'count',
  count,
  bytes: 100,
  arrivals: { kind: 'poisson', rate },
});

type Synthetic = Extract<StageDocument['work'], { kind: 'synthetic' }>;

const stage = (
  id: string,
  work: Omit<Synthetic, 'kind'>,
  more: Partial<StageDocument> = {},
): StageDocument => ({ id, work: { kind: 'synthetic', ...work }, ...more });

const draws = {
  number: 2.5,
  uniform: { uniform: [0.5, 4.5] },
  exponential: { exponential: 2.5 },
  lognormal: { lognormal: { mean: 2.5, cv: 1.3 } },
  pareto: { pareto: { mean: 2.5, alpha: 1.7 } },
  empirical: { empirical: [0.1, 1 / 3, 2.5, 7.7] },
  perItem: { perItem: [1.1, 2.2, 3.3, 0.7, 5.5] },
} as const;

const routings: NonNullable<MachineDocument['routing']>[] = [
  'shared-queue',
  'round-robin',
  'random',
  'least-loaded',
  'least-loaded-scan',
  'two-choices',
  'affinity',
];
const orders: NonNullable<MachineDocument['order']>[] = [
  'fifo',
  'lifo',
  'priority',
  'shortest',
  'critical-path',
  'downstream-first',
];

/** A diamond with a bit of everything that an order or a routing may look at. */
const diamond: StageDocument[] = [
  stage('split', { phases: [{ cpu: { exponential: 1 } }], output: { uniform: [10, 90] } }),
  stage(
    'left',
    { phases: [{ cpu: { lognormal: { mean: 3, cv: 0.6 } } }] },
    { after: ['split'], priority: 1 },
  ),
  stage('right', { phases: [{ wait: { exponential: 4 } }] }, { after: ['split'], priority: 2 }),
  stage('meet', { phases: [{ cpu: { uniform: [0.2, 1.4] } }] }, { after: ['left', 'right'] }),
];

const own: GoldenDocument[] = [
  ...Object.entries(draws).map(([kind, draw]) =>
    golden(`draws: ${kind}`, [
      stage('a', {
        phases: [{ wait: draw as never }, { cpu: draw as never }],
        output: draw as never,
      }),
      stage(
        'b',
        { phases: [{ cpu: draw as never, per: 'item' }] },
        { after: ['a'], batch: { size: 3, linger: 2 } },
      ),
    ]),
  ),
  ...routings.map((routing) =>
    golden(`routing: ${routing}`, diamond, { machine: { workers: 4, cores: 2, routing } }),
  ),
  ...orders.map((order) =>
    golden(`order: ${order}`, diamond, {
      machine: { workers: 2, tasksPerWorker: 2, cores: 2, order },
    }),
  ),
  golden('failures and retries with jitter', [
    stage(
      'flaky',
      { phases: [{ cpu: { exponential: 1 } }], failure: 0.3 },
      { retry: { attempts: 4, backoff: 3, factor: 1.7, jitter: 0.4 } },
    ),
    stage(
      'batched',
      { phases: [{ cpu: { exponential: 2 } }], failure: 0.2 },
      {
        after: ['flaky'],
        batch: { size: 4, linger: 5 },
        retry: { attempts: 2, backoff: 1, jitter: 1 },
      },
    ),
  ]),
  golden('time-outs and set-ups', [
    stage(
      'slow',
      { phases: [{ wait: { exponential: 3 } }, { cpu: { exponential: 1 } }] },
      { timeout: 6, retry: { attempts: 2 }, setup: { phases: [{ cpu: 1.5 }], when: 'task' } },
    ),
    stage(
      'fast',
      { phases: [{ cpu: { uniform: [0, 1] } }] },
      { after: ['slow'], setup: { phases: [{ cpu: { exponential: 4 } }], when: 'worker' } },
    ),
  ]),
  ...(['throttle', 'drop-newest', 'drop-oldest', 'grow'] as const).flatMap((whenFull) =>
    [0, 3].map((capacity) =>
      golden(
        `full buffers: ${whenFull}, ${capacity} places`,
        [
          stage('fast', { phases: [{ cpu: { exponential: 1 } }] }),
          stage(
            'slow',
            { phases: [{ cpu: { exponential: 4 } }], output: 50 },
            { after: ['fast'], permits: 2, buffer: { capacity, whenFull } },
          ),
        ],
        { machine: { workers: 3, cores: 3 } },
      ),
    ),
  ),
  golden('a cache with Zipf keys', [
    stage(
      'look',
      {
        phases: [{ cpu: { exponential: 3 } }],
        key: { zipf: { keys: 20, exponent: 1.1 } },
        output: 40,
      },
      { cache: { ttl: 80, version: '1' } },
    ),
    stage(
      'again',
      { phases: [{ cpu: 1 }], key: { perItem: [1, 2, 3, 2, 1, 0] } },
      { after: ['look'], cache: { ttl: null, version: '1' } },
    ),
  ]),
  ...(['lru', 'fifo', 'lfu', 'lru-buckets', 'w-tinylfu'] as const).map((policy) =>
    golden(
      `a full cache: ${policy}`,
      [
        stage(
          'look',
          {
            phases: [{ cpu: { exponential: 3 } }],
            key: { zipf: { keys: 60, exponent: 0.9 } },
            output: { lognormal: { mean: 20_000, cv: 2 } },
          },
          { cache: { ttl: 400 } },
        ),
      ],
      { source: poisson(600), cache: { maxSize: 400_000, policy } },
    ),
  ),
  golden('children', [
    stage('many', { phases: [{ cpu: { exponential: 1 } }], expand: { uniform: [0, 4] } }),
    stage(
      'more',
      { phases: [{ cpu: { exponential: 1 } }], expand: 1.5, failure: 0.05 },
      { after: ['many'] },
    ),
    stage('few', { phases: [{ cpu: 0.3 }] }, { after: ['more'], batch: { size: 5, linger: null } }),
  ]),
  ...(['zip', 'each', 'all', 'fold'] as const).map((join) =>
    golden(`join: ${join}`, [
      stage('a', { phases: [{ cpu: { exponential: 1 } }], failure: 0.1 }),
      stage('b', { phases: [{ wait: { exponential: 2 } }], output: 7 }, { after: ['a'] }),
      stage('c', { phases: [{ cpu: { exponential: 2 } }] }, { after: ['a'] }),
      stage('d', { phases: [{ cpu: { exponential: 0.5 } }] }, { after: ['b', 'c'], join }),
    ]),
  ),
  golden(
    'processor sharing',
    [
      stage('a', {
        phases: [{ cpu: { exponential: 5 } }, { wait: 1 }, { cpu: { exponential: 1 } }],
      }),
      stage('b', { phases: [{ cpu: { pareto: { mean: 3, alpha: 2.1 } } }] }, { after: ['a'] }),
    ],
    { machine: { workers: 7, cores: 3, tasksPerWorker: 2 } },
  ),
  golden(
    'limits, flight and memory',
    [
      stage(
        'a',
        { phases: [{ cpu: 1 }], output: { lognormal: { mean: 500, cv: 1 } } },
        { uses: { api: 1 } },
      ),
      stage(
        'b',
        { phases: [{ wait: { exponential: 6 } }] },
        { after: ['a'], uses: { api: 2, gpu: 1 } },
      ),
    ],
    {
      limits: { api: 3, gpu: 2 },
      machine: { workers: 4, cores: 4, warm: 1, inFlight: 9, memory: { budget: 3000 } },
    },
  ),
  golden('bursts', [stage('a', { phases: [{ cpu: { exponential: 3 } }] })], {
    source: { kind: 'count', count: 60, arrivals: { kind: 'bursts', rate: 300, size: 7 } },
  }),
  golden(
    'uniform arrivals, literal items',
    [stage('a', { phases: [{ cpu: { exponential: 3 } }] })],
    {
      source: {
        kind: 'values',
        values: [1, 'b', null, {}, 5],
        arrivals: { kind: 'uniform', rate: 300 },
      },
    },
  ),
  golden('a stop on the first failure', [
    stage('a', { phases: [{ cpu: { exponential: 3 } }], failure: 0.1 }, { onError: 'stop' }),
  ]),
];

/** The documents above and the shipped ones; those with code play a model in its place. */
export async function goldenDocuments(): Promise<GoldenDocument[]> {
  const shipped = await Promise.all(
    gallery.filter(isPinned).map(async ({ id, load }): Promise<GoldenDocument> => {
      const { name: _, ...document } = await load();
      return {
        name: `gallery: ${id}`,
        document: { ...document, stages: document.stages.map(withModel) },
        cores: 2,
        sourceItems: 40,
      };
    }),
  );
  return [...own, ...shipped];
}

/** What a lesson's schedules come to has a test of its own: each answer that it says is right. */
const isPinned = ({ id }: GalleryEntry): boolean => !id.startsWith('lesson-');

function withModel(stage: StageDocument): StageDocument {
  const { work } = stage;
  if (work?.kind !== 'code') return stage;
  const phases = [{ wait: 0.2 }, { cpu: { lognormal: { mean: 2, cv: 0.5 } } }];
  return { ...stage, work: { ...work, model: { phases, output: 300, failure: 0, expand: 1 } } };
}
