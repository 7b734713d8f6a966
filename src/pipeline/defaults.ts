/** Fills in every default of a document. */
import { stageTitle } from './stage-title.ts';
import type {
  CacheDocument,
  MachineSettings,
  Pipeline,
  PipelineDocument,
  ServiceSettings,
  Source,
  SourceDocument,
  Stage,
  StageDocument,
} from './types.ts';

export const defaultSource: SourceDocument = { kind: 'count', count: 200 };
export const defaultService: ServiceSettings = {
  items: 100,
  pageSize: 10,
  latency: 50,
  rate: null,
  failure: 0,
};
export const defaultMachine: MachineSettings = {
  cores: null,
  workers: 'cores',
  tasksPerWorker: 1,
  warm: 'all',
  routing: 'shared-queue',
  order: 'fifo',
  inFlight: null,
  memory: null,
};
export const defaultHighWater = 0.8;
export const defaultCache: Required<CacheDocument> = {
  maxSize: 100 * 1024 * 1024,
  ttl: 3_600_000,
  compress: true,
  policy: 'lru',
};
type StageDefaults = Omit<Stage, 'id' | 'name' | 'work' | 'cache'>;
export const defaultStage: StageDefaults = {
  after: [],
  join: 'zip',
  setup: { phases: [], when: 'worker' },
  permits: null,
  uses: {},
  batch: { size: 1, linger: 0 },
  buffer: { capacity: null, whenFull: 'throttle' },
  priority: 0,
  timeout: null,
  retry: { attempts: 1, backoff: 0, factor: 2, jitter: 0 },
  onError: 'collect',
};
export const defaultCacheVersion = '1';

/** The document with every default filled in. It must be valid; lists and code are shared, not copied. */
export function withDefaults(document: PipelineDocument): Pipeline {
  const cache = filled(document.cache, defaultCache);
  const machine = filled(document.machine as Partial<MachineSettings> | undefined, defaultMachine);
  if (machine.memory)
    machine.memory = filled(machine.memory, { budget: 0, highWater: defaultHighWater });
  return {
    format: 'millrace/1',
    name: document.name ?? '',
    notes: document.notes ?? '',
    seed: document.seed ?? 1,
    source: filledSource(document.source ?? defaultSource),
    stages: document.stages.map((stage) => filledStage(stage, cache.ttl)),
    modules: { ...document.modules },
    limits: { ...document.limits },
    machine,
    cache,
    targets: {
      total: { ...document.targets?.total },
      stages: { ...document.targets?.stages },
    },
    variants: document.variants ?? [],
    sweep: { ...document.sweep },
    lesson: document.lesson ?? [],
  };
}

/** Defaults, overridden by what is given; a field given as undefined counts as not given. */
function filled<T extends object>(given: Partial<T> | undefined, defaults: T): T {
  const result = { ...defaults };
  for (const key of Object.keys(given ?? {}) as (keyof T)[]) {
    const value = given![key];
    if (value !== undefined) result[key] = value as T[keyof T];
  }
  return result;
}

function filledSource(source: SourceDocument): Source {
  const common = {
    bytes: source.bytes ?? 0,
    arrivals: source.arrivals ?? { kind: 'all' as const },
  };
  if (source.kind !== 'service') return { ...source, ...common };
  return { kind: 'service', service: filled(source.service, defaultService), ...common };
}

function filledStage(stage: StageDocument, cacheTtlMs: number | null): Stage {
  const { cache } = stage;
  return {
    id: stage.id,
    name: stageTitle(stage),
    after: [...(stage.after ?? [])],
    join: stage.join ?? defaultStage.join,
    work: stage.work,
    setup: filled(stage.setup, defaultStage.setup),
    permits: stage.permits ?? null,
    uses: { ...stage.uses },
    batch: filled(stage.batch, defaultStage.batch),
    buffer: filled(stage.buffer, defaultStage.buffer),
    priority: stage.priority ?? 0,
    timeout: stage.timeout ?? null,
    retry: filled(stage.retry, defaultStage.retry),
    onError: stage.onError ?? defaultStage.onError,
    cache: cache ? filled(cache, { ttl: cacheTtlMs, version: defaultCacheVersion }) : null,
  };
}
