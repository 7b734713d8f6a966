/** Fills in every default of a document, and takes them out again. */
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

/** The shortest document that means this pipeline: what equals its default is left out. */
export function toDocument(pipeline: Pipeline): PipelineDocument {
  const { targets } = pipeline;
  const source = shortSource(pipeline.source);
  return {
    format: pipeline.format,
    ...(pipeline.name === '' ? {} : { name: pipeline.name }),
    ...(pipeline.notes === '' ? {} : { notes: pipeline.notes }),
    ...(pipeline.seed === 1 ? {} : { seed: pipeline.seed }),
    ...(same(source, defaultSource) ? {} : { source }),
    stages: pipeline.stages.map((stage) => shortStage(stage, pipeline.cache.ttl)),
    ...unlessEmpty('modules', pipeline.modules),
    ...unlessEmpty('limits', pipeline.limits),
    ...unlessEmpty('machine', shortMachine(pipeline.machine)),
    ...unlessEmpty('cache', differing(pipeline.cache, defaultCache)),
    ...unlessEmpty('targets', {
      ...unlessEmpty('total', targets.total),
      ...unlessEmpty('stages', targets.stages),
    }),
    ...(pipeline.variants.length === 0 ? {} : { variants: pipeline.variants }),
    ...unlessEmpty('sweep', pipeline.sweep),
    ...(pipeline.lesson.length === 0 ? {} : { lesson: pipeline.lesson }),
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

function shortSource(source: Source): SourceDocument {
  const { bytes, arrivals, ...own } = source;
  const short = {
    ...own,
    ...(bytes === 0 ? {} : { bytes }),
    ...(arrivals.kind === 'all' ? {} : { arrivals }),
  } as SourceDocument;
  if (short.kind === 'service') short.service = differing(short.service, defaultService);
  return short;
}

function shortStage(stage: Stage, cacheTtlMs: number | null): StageDocument {
  const { id, name, work, cache, ...rest } = stage;
  return {
    id,
    ...(name === id ? {} : { name }),
    ...differing(rest, defaultStage),
    work,
    ...(cache
      ? { cache: differing(cache, { ttl: cacheTtlMs, version: defaultCacheVersion }) }
      : {}),
  };
}

function shortMachine(machine: MachineSettings): Partial<MachineSettings> {
  const short = differing(machine, defaultMachine) as Partial<MachineSettings>;
  if (machine.memory) {
    const { budget, highWater } = machine.memory;
    const memory = { budget, ...(highWater === defaultHighWater ? {} : { highWater }) };
    return { ...short, memory: memory as { budget: number; highWater: number } };
  }
  return short;
}

/** Settings whose fields are settings themselves: these are shortened field by field. */
const groups = new Set(['setup', 'batch', 'buffer', 'retry']);

/** The fields that are not as the default has them. */
function differing(value: object, defaults: object): Record<string, never> {
  const result: Record<string, unknown> = {};
  const usual = defaults as Record<string, unknown>;
  for (const [key, field] of Object.entries(value)) {
    if (same(field, usual[key])) continue;
    result[key] = groups.has(key) ? differing(field as object, usual[key] as object) : field;
  }
  return result as Record<string, never>;
}

function unlessEmpty(key: string, value: object): object {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}

/** Equal as JSON, whatever the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return keys.every((key) => Object.hasOwn(b, key) && same(left[key], right[key]));
}
