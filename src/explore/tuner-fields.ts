import { formatPointer } from '../base/json-pointer.ts';
import { withDefaults } from '../pipeline/defaults.ts';
import { ceilings } from '../pipeline/ceilings.ts';
import { limitsOf, type TunerGoal } from './tuner-goal.ts';
import type { Pipeline, PipelineDocument, Stage } from '../pipeline/types.ts';

/** In the order in which a tuner saves on them: see `costOf`. */
export const tunerKinds = [
  'workers',
  'tasksPerWorker',
  'limit',
  'permits',
  'inFlight',
  'capacity',
  'batch',
  'choice',
] as const;
export type TunerKind = (typeof tunerKinds)[number];

/** One setting that a tuner may turn, and the values it tries. */
export interface TunerField {
  pointer: string;
  kind: TunerKind;
  /** The cheapest first; what the document has is among them. No limit (null) comes last. */
  values: readonly unknown[];
  /** Place in `values` of what the document has. */
  now: number;
}

export interface TunableField extends TunerField {
  /** Turned unless the reader says otherwise. */
  isUsual: boolean;
  /** The largest value tried; null: it has no numbers. */
  most: number | null;
}

export interface TunableOptions {
  /** Of the machine it is to run on. */
  cores: number;
  /** What binds, as `lowerBound` names it ("permits:resize"): that field is turned as well. */
  boundBy?: string;
  /** Of memory and latency it decides how many items may be inside. */
  goal?: TunerGoal;
  /** The largest value to try, by pointer, in place of the usual one. */
  most?: Readonly<Record<string, number>>;
}

/**
 * All settings of a document that a tuner can turn. Usual are those that say how much runs or waits at
 * once and are limited now: workers, permits, buffers and batches that the document sets. Shared limits stand for
 * something outside (an API that allows ten calls), so they are turned on request, or when they bind.
 */
export function tunableFields(document: PipelineDocument, options: TunableOptions): TunableField[] {
  const pipeline = withDefaults(document);
  const { machine, stages } = pipeline;
  const { cores, boundBy = '' } = options;
  const workersNow = machine.workers === 'cores' ? cores : machine.workers;
  const workersMost = Math.max(cores, workersNow);
  const waits = stages.some(isWaiting);
  const slots =
    workersMost * (waits ? Math.max(8, machine.tasksPerWorker) : machine.tasksPerWorker);
  const fields: TunableField[] = [];
  const add = (
    pointer: string,
    kind: TunerKind,
    now: number | null,
    most: number,
    ceiling: number,
    isUsual: boolean,
  ): void => {
    const upTo = Math.min(ceiling, Math.max(1, options.most?.[pointer] ?? most));
    const values = ladder(upTo, now);
    fields.push({ pointer, kind, values, now: values.indexOf(now), isUsual, most: upTo });
  };

  add('/machine/workers', 'workers', workersNow, workersMost, ceilings.workers, true);
  if (machine.workers === 'cores') {
    const field = fields[0]!;
    field.values = field.values.map((value, index) => (index === field.now ? 'cores' : value));
  }
  const tasks = machine.tasksPerWorker;
  add(
    '/machine/tasksPerWorker',
    'tasksPerWorker',
    tasks,
    waits ? Math.max(8, tasks) : Math.max(2, tasks),
    ceilings.tasksPerWorker,
    waits,
  );
  add(
    '/machine/inFlight',
    'inFlight',
    machine.inFlight,
    machine.inFlight === null ? 64 : Math.max(16, 4 * machine.inFlight),
    ceilings.tasks,
    machine.inFlight !== null || boundBy === 'in-flight' || isAboutItemsInside(options.goal),
  );
  for (const [name, capacity] of Object.entries(pipeline.limits)) {
    const pointer = formatPointer(['limits', name]);
    add(pointer, 'limit', capacity, 4 * capacity, ceilings.permits, boundBy === `limit:${name}`);
  }
  for (const stage of stages) {
    const at = (...path: string[]): string => formatPointer(['stages', stage.id, ...path]);
    const { permits, buffer, batch } = stage;
    // The permits of a fold are one whatever is written, and an `all` is one task.
    if (stage.join === 'zip' || stage.join === 'each') {
      const isBound = boundBy === `permits:${stage.id}`;
      const most = Math.max(slots, permits ?? 1, 2);
      add(at('permits'), 'permits', permits, most, ceilings.permits, permits !== null || isBound);
      const size = Math.max(32, 2 * batch.size);
      add(at('batch', 'size'), 'batch', batch.size, size, ceilings.batchSize, batch.size > 1);
    }
    if (stage.join !== 'all') {
      const { capacity, whenFull } = buffer;
      const isUsual = capacity !== null && whenFull !== 'grow';
      const most = Math.max(32, 2 * (capacity ?? 0));
      add(at('buffer', 'capacity'), 'capacity', capacity, most, ceilings.capacity, isUsual);
    }
  }
  addChoices(fields, pipeline);
  return fields;
}

function isAboutItemsInside(goal: TunerGoal | undefined): boolean {
  if (goal === undefined) return false;
  const about = [goal.least, ...limitsOf(goal).map(([limit]) => limit)];
  return about.includes('memoryPeakBytes') || about.includes('latencyP95Ms');
}

function addChoices(fields: TunableField[], { machine }: Pipeline): void {
  const choices = {
    order: ['fifo', 'lifo', 'shortest', 'critical-path', 'downstream-first'],
    routing: ['shared-queue', 'round-robin', 'least-loaded', 'two-choices', 'affinity'],
  } as const;
  for (const name of ['order', 'routing'] as const) {
    const now = machine[name];
    const values = [now, ...choices[name].filter((value) => value !== now)];
    const pointer = `/machine/${name}`;
    fields.push({ pointer, kind: 'choice', values, now: 0, isUsual: false, most: null });
  }
}

/** 1, 2, 3, 4, 6, 8, 12, 16, 24 …: each at most half as much again, so that nothing large is missed. */
function ladder(most: number, now: number | null): (number | null)[] {
  const values = new Set<number>([most]);
  for (let power = 1; power <= most; power *= 2) {
    values.add(power);
    if (power > 1 && power * 1.5 <= most) values.add(power * 1.5);
  }
  if (now !== null) values.add(now);
  const sorted: (number | null)[] = [...values].sort((a, b) => a - b);
  return now === null ? [...sorted, null] : sorted;
}

/** Some of its time nothing keeps a core busy: one worker can hold several such tasks open. */
function isWaiting({ work }: Stage): boolean {
  const phases = work.kind === 'synthetic' ? work.phases : (work.model?.phases ?? []);
  return phases.some((phase) => 'wait' in phase);
}
