import { assert } from '../base/assert.ts';
import { meanOf } from '../base/draw-mean.ts';
import { topologicalOrder } from '../pipeline/graph.ts';
import type {
  Join,
  OnError,
  Order,
  Phase,
  Pipeline,
  Routing,
  Stage,
  WhenFull,
} from '../pipeline/types.ts';
import { TaskKind } from './task-table.ts';

/** A pipeline with names turned into indices and every limit into a number the scheduler can compare. */
export interface Plan {
  pipeline: Pipeline;
  stages: PlanStage[];
  /** Stages that the source feeds. */
  roots: number[];
  /** Stage indices, parents before children. */
  topological: number[];
  limits: PlanLimit[];
  workers: number;
  tasksPerWorker: number;
  /** Workers started before the clock. */
  warm: number;
  order: Order;
  routing: Routing;
  /** Infinity: no limit. */
  inFlight: number;
  /** Bytes above which the source pauses; Infinity: never. */
  memoryMark: number;
  cores: number;
  cacheOn: boolean;
  /** Expected work that may wait at a worker behind what it runs, at the least, ms (the most: `sending-ahead.ts`); 0: none. */
  sendAheadMs: number;
  /** Nor more while there is more to do. */
  sendsNoMore: boolean;
  /** No stage waits longer because tasks of others wait at a worker, or drops what comes many at a time. */
  allMayRunAhead: boolean;
}

export interface PlanLimit {
  name: string;
  capacity: number;
  /** Stages that take it, those with the smallest weight first. */
  users: number[];
  /** The weight of each. */
  weights: number[];
}

export interface PlanStage {
  index: number;
  id: string;
  name: string;
  join: Join;
  stage: Stage;
  /** -1 stands for the source. */
  parents: number[];
  children: number[];
  /** Under `each`, `all` and `fold` with several parents an arriving item becomes a copy of its own. */
  copies: boolean;
  /** `all` and `fold`: items end here and one result begins. */
  barrier: boolean;
  zipped: boolean;
  /** Some stage below is a zip of several parents: it must hear of items that will not come. */
  zipBelow: boolean;
  /** Running plus blocked tasks at once. */
  permits: number;
  uses: { limit: number; weight: number }[];
  batchSize: number;
  /** Its next task is the oldest item of its queue: no batches, not the newest first. */
  oneByOne: boolean;
  /** What a call on its items is. */
  taskKind: TaskKind;
  /** What comes needs more than a place in the buffer: its other half, a name of its own, no buffer. */
  receivesSpecially: boolean;
  /** Infinity: until full, or the input ends. */
  lingerMs: number;
  /** Infinity: endless. */
  capacity: number;
  whenFull: WhenFull;
  attempts: number;
  backoffMs: number;
  backoffFactor: number;
  jitter: number;
  onError: OnError;
  cached: boolean;
  /** Nothing but a free worker decides when its tasks start, so several may wait at the worker itself. */
  mayRunAhead: boolean;
  priority: number;
  /** Declared mean service time of one task, ms; NaN: not declared. */
  declaredMeanMs: number;
  /** Stages from here to the farthest sink. */
  depth: number;
}

export interface PlanOptions {
  /** Cores of the machine, for `workers: "cores"` and `cores: null`. */
  cores: number;
  cache: 'on' | 'off';
  /** A machine whose messages take time sends some tasks ahead of theirs; 0 (or absent): none. ms. */
  sendAheadMs?: number;
  /** Nor more while there is more to do. */
  sendsNoMore?: boolean;
}

/** The mean of what phases declare, ms a task of `batch` items. */
export function meanServiceMs(phases: readonly Phase[], batch: number): number {
  let total = 0;
  for (const phase of phases) {
    const draw = 'wait' in phase ? phase.wait : phase.cpu;
    total += meanOf(draw) * (phase.per === 'item' ? batch : 1);
  }
  return total;
}

/** Compiles a validated pipeline. Throws (a bug, not bad input) if its graph is not valid. */
export function compilePlan(pipeline: Pipeline, options: PlanOptions): Plan {
  const indexOf = new Map(pipeline.stages.map((stage, index) => [stage.id, index]));
  const names = Object.keys(pipeline.limits);
  const { machine } = pipeline;
  const cores = machine.cores ?? options.cores;
  const workers = machine.workers === 'cores' ? cores : machine.workers;
  const order = topologicalOrder(pipeline.stages);
  assert(order !== null, 'the plan is compiled from a graph without cycles');
  const topological = order.map((id) => indexOf.get(id)!);

  const children: number[][] = pipeline.stages.map(() => []);
  const parents = pipeline.stages.map((stage, index) =>
    stage.after.length === 0
      ? [-1]
      : stage.after.map((id) => {
          const parent = indexOf.get(id);
          assert(parent !== undefined, `stage ${stage.id} comes after a stage that exists`);
          children[parent]!.push(index);
          return parent;
        }),
  );

  const slots = workers * machine.tasksPerWorker;
  const stages = pipeline.stages.map((stage, index): PlanStage => {
    const several = parents[index]!.length > 1;
    const barrier = stage.join === 'all' || stage.join === 'fold';
    const phases = stage.work.kind === 'synthetic' ? stage.work.phases : stage.work.model?.phases;
    return {
      index,
      id: stage.id,
      name: stage.name,
      join: stage.join,
      stage,
      parents: parents[index]!,
      children: children[index]!,
      copies: several && stage.join !== 'zip',
      barrier,
      zipped: several && stage.join === 'zip',
      zipBelow: false,
      permits: stage.join === 'fold' ? 1 : (stage.permits ?? slots),
      uses: Object.entries(stage.uses).map(([name, weight]) => ({
        limit: names.indexOf(name),
        weight,
      })),
      batchSize: stage.batch.size,
      oneByOne: stage.batch.size === 1 && (machine.order !== 'lifo' || stage.join === 'fold'),
      taskKind: stage.join === 'fold' ? TaskKind.foldStep : TaskKind.item,
      receivesSpecially: several || stage.join === 'all',
      lingerMs: stage.batch.linger ?? Infinity,
      capacity: stage.join === 'all' ? Infinity : (stage.buffer.capacity ?? Infinity),
      whenFull: stage.buffer.whenFull,
      attempts: stage.retry.attempts,
      backoffMs: stage.retry.backoff,
      backoffFactor: stage.retry.factor,
      jitter: stage.retry.jitter,
      onError: stage.onError,
      mayRunAhead: false,
      cached: stage.cache !== null && stage.join !== 'fold' && options.cache === 'on',
      priority: stage.priority,
      declaredMeanMs: phases ? meanServiceMs(phases, stage.batch.size) : NaN,
      depth: 0,
    };
  });
  for (const index of topological.toReversed()) {
    const stage = stages[index]!;
    for (const child of stage.children) {
      stage.depth = Math.max(stage.depth, stages[child]!.depth + 1);
      stage.zipBelow ||= stages[child]!.zipped || stages[child]!.zipBelow;
    }
    stage.mayRunAhead = mayRunAhead(stage, stages, machine, slots);
  }

  return {
    pipeline,
    stages,
    roots: stages.filter((stage) => stage.parents[0] === -1).map((stage) => stage.index),
    topological,
    limits: names.map((name, limit) => planLimit(name, pipeline.limits[name]!, limit, stages)),
    workers,
    tasksPerWorker: machine.tasksPerWorker,
    warm: machine.warm === 'all' ? workers : Math.min(machine.warm, workers),
    order: machine.order,
    routing: machine.routing,
    inFlight: machine.inFlight ?? Infinity,
    memoryMark: machine.memory ? machine.memory.budget * machine.memory.highWater : Infinity,
    cores,
    cacheOn: options.cache === 'on',
    sendAheadMs: options.sendAheadMs ?? 0,
    sendsNoMore: options.sendsNoMore === true,
    allMayRunAhead: stages.every(
      ({ mayRunAhead, capacity, whenFull }) =>
        mayRunAhead && (capacity === Infinity || whenFull === 'grow'),
    ),
  };
}

function planLimit(
  name: string,
  capacity: number,
  limit: number,
  stages: readonly PlanStage[],
): PlanLimit {
  const takers = stages
    .flatMap(({ index, uses }) =>
      uses.filter((use) => use.limit === limit).map((use) => ({ index, ...use })),
    )
    .sort((a, b) => a.weight - b.weight || a.index - b.index);
  return {
    name,
    capacity,
    users: takers.map(({ index }) => index),
    weights: takers.map(({ weight }) => weight),
  };
}

/** No permit, limit, order, routing, time-out or back pressure of this stage can be affected. */
function mayRunAhead(
  { stage, barrier, children }: PlanStage,
  stages: readonly PlanStage[],
  machine: Pipeline['machine'],
  slots: number,
): boolean {
  const isBlocked = children.some((child) => {
    const { capacity, whenFull } = stages[child]!;
    return capacity < Infinity && whenFull === 'throttle';
  });
  return (
    !barrier &&
    !isBlocked &&
    // As many as can run at once hold nothing back.
    (stage.permits ?? slots) >= slots &&
    stage.timeout === null &&
    Object.keys(stage.uses).length === 0 &&
    machine.order === 'fifo' &&
    machine.routing === 'shared-queue'
  );
}
