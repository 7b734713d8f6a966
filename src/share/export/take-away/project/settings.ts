/** What `pipeline.js` says of the stages, with every default filled in. */
import type { ServiceSettings, Stage, StageDocument } from '../../../../pipeline/types.ts';

/** A stage as `pipeline.js` writes it: fields that keep their default are left out. Times are ms. */
export type StageEntry = Omit<StageDocument, 'name' | 'work' | 'cache'>;
export type StageSettings = Omit<Stage, 'name' | 'work' | 'cache'> & {
  /** Its place among the stages. */
  index: number;
};

export interface PipelineSettings {
  /** Every random draw descends from it. */
  seed: number;
  threads: {
    /** Threads that run stages; "cores": as many as this machine has. */
    count: number | 'cores';
    /** Tasks that one thread holds open at once: their waits overlap. */
    tasksAtOnce: number;
    /** Threads that are started before the first item comes. */
    warm: number | 'all';
  };
  /** Which of the tasks that could start goes first. */
  order: 'fifo' | 'priority' | 'downstream-first';
  /** Items inside the pipeline at once; null: no limit. */
  inFlight: number | null;
  /** Name of a shared limit → its capacity. */
  limits: Record<string, number>;
  /** What `ctx.service` pages through. */
  service: ServiceSettings;
  stages: StageEntry[];
}

export function stageSettings(stages: readonly StageEntry[]): StageSettings[] {
  return stages.map((stage, index) => ({
    index,
    id: stage.id,
    after: stage.after ?? [],
    join: stage.join ?? 'zip',
    setup: { phases: [], when: 'worker', ...stage.setup },
    permits: stage.permits ?? null,
    uses: stage.uses ?? {},
    batch: { size: 1, linger: 0, ...stage.batch },
    buffer: { capacity: null, whenFull: 'throttle', ...stage.buffer },
    priority: stage.priority ?? 0,
    timeout: stage.timeout ?? null,
    retry: { attempts: 1, backoff: 0, factor: 2, jitter: 0, ...stage.retry },
    onError: stage.onError ?? 'collect',
  }));
}
