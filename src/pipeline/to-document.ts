/** Takes the defaults out of a document again. */
import { same } from '../base/same-json.ts';
import {
  defaultCache,
  defaultCacheVersion,
  defaultHighWater,
  defaultMachine,
  defaultService,
  defaultSource,
  defaultStage,
} from './defaults.ts';
import type {
  MachineSettings,
  Pipeline,
  PipelineDocument,
  Source,
  SourceDocument,
  Stage,
  StageDocument,
} from './types.ts';

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
