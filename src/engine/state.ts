import { IndexedHeap } from '../base/indexed-heap.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import { Gate, type StageMeta } from '../trace/types.ts';
import { AheadQueue } from './ahead-queue.ts';
import { isTimed } from './arrivals.ts';
import { EntryQueue } from './entry-queue.ts';
import { ItemLedger } from './ledger.ts';
import type { LoneTask } from './lone-tasks.ts';
import type { Machine } from './machine.ts';
import { makeStageOrder } from './order.ts';
import { Closing, Phase } from './phases.ts';
import type { Plan, PlanStage } from './plan.ts';
import { RoutedWork } from './routed-work.ts';
import { TaskTable } from './task-table.ts';
import { Timers } from './timers.ts';
import { WorkerPool } from './worker-pool.ts';
import type { ZipTable } from './zip-table.ts';
import { makeZipTable } from './zip-table.ts';

/**
 * Everything one stage knows while it runs.
 *
 *   producers ──▶ offers ──▶ [ looking up ] ──▶ queue ──▶ running ──▶ blocked ──▶ children
 *                held by      └── inside the buffer ──┘
 *                their task        (capacity)
 */
export interface StageState {
  plan: PlanStage;
  books: StageMeta;
  /** Items in the buffer, ready to be formed into tasks, oldest first. */
  queue: EntryQueue;
  /** Outputs that found the buffer full, in order of blocking; each is held by its task (-1: the source). */
  offers: EntryQueue;
  /** In the buffer but not in `queue`: looking up, or a hit whose outputs are blocked. */
  lookingUp: number;
  running: number;
  blocked: number;
  /** Items that wait at a worker already (sent ahead, or routed to it): still queued. */
  ahead: number;
  zip: ZipTable | null;
  /** Attempt numbers above 1, of items that failed before. */
  attempts: Map<number, number>;
  /** Items whose worker died under them once. */
  lostOnce: Set<number>;
  /** Items that came back because their worker was ended for another task's sake: never dropped. */
  displaced: Set<number>;
  /** One computation for all askers of a key: key → who waits for it. */
  flights: Map<number, number[]>;
  /** Leader item → the key it computes. */
  flightOf: Map<number, number>;
  /** When cached items entered the buffer, until their look-up is answered. */
  enteredAt: Map<number, number>;
  /** Under `fold`: the worker that has the accumulator; -1: none yet. */
  pin: number;
  /** Under `all`: what has been taken in. */
  taken: number[];
  takenAt: number[];
  /** Under `all` and `fold`: the result item, once the closing task has been formed; -1 before. */
  result: number;
  resultReadyMs: number;
  /** waiting for inputs → formed (may start) → started → done */
  closing: Closing;
  /** No item will come any more. */
  inputEnded: boolean;
  inputEndedMs: number;
  /** Nothing will leave any more. */
  closed: boolean;
  lingerTimer: number;
  /** Let a partial batch go at once (nothing else could ever run). */
  flush: boolean;
  /** Measured mean service, for the orders that want it. */
  servedTasks: number;
  servedMs: number;
  gate: Gate;
  /** What `gate` becomes at the end of this instant. */
  nextGate: Gate;
  /** Known to `dirtyStages`. */
  dirty: boolean;
}

/** The scheduler's whole memory. Only the functions of this room touch it. */
export interface State {
  plan: Plan;
  machine: Machine;
  trace: TraceBuilder;
  stages: StageState[];
  /** Those that are pinned to a worker while they run. */
  folds: StageState[];
  closedStages: number;
  tasks: TaskTable;
  ledger: ItemLedger;
  workers: WorkerPool;
  /** A worker: the tasks that wait there behind those it runs, next first. */
  ahead: AheadQueue[];
  /** A worker: what it is to have left whenever it tells of ends, ms, as of when it was last sent more. */
  aheadMs: Float64Array;
  /** A worker: the stage of the task it began last; -1: none, or one that wants no company. */
  runs: Int32Array;
  timers: Timers;
  limitsFree: number[];
  /** Stages that could start a task now if a worker slot is free. */
  ready: IndexedHeap;
  /** Stages that only lack a worker, and whose next task may wait at one that is busy. */
  mayFollow: IndexedHeap;
  /** Under every routing but `shared-queue`: tasks that wait for a worker of their own. */
  routed: RoutedWork | null;
  /** Tasks that have to run with nothing else on their worker, after it died. */
  lone: LoneTask[];
  /** Whose next task goes first. */
  compareStages: (a: number, b: number) => number;
  /** Stages whose reason to wait may have changed at this instant. */
  dirtyStages: number[];
  /** Stages whose inside may just have become empty. */
  closeCandidates: number[];
  /** Stages in whose buffers room may have appeared. */
  roomStages: number[];
  /** Stages with capacity 0 that drop what cannot start at this instant. */
  rendezvous: number[];
  source: SourceState;
  /** Tasks on workers, those sent ahead too. */
  running: number;
  lookingUp: number;
  paused: boolean;
  /** A failure under `onError: "stop"`: why the run ends; null: nothing of the kind. */
  stopBecause: string | null;
  phase: Phase;
  note: string;
  ended: 'running' | 'done' | 'stopped' | 'stalled' | 'failed';
}

export interface SourceState {
  /** Came, but not let in yet. */
  line: EntryQueue;
  /** Copies of the last admitted item that found no room yet; the source is blocked while > 0. */
  pending: number;
  /** Admitted and not ended. */
  inFlight: number;
  ended: boolean;
  /** Asked of the machine and not come yet. */
  pulled: number;
  /** Timed arrivals still to come by themselves. */
  timed: boolean;
  /** Let one item over the memory mark (nothing else could ever run). */
  overrun: boolean;
}

export function makeState(plan: Plan, machine: Machine, trace: TraceBuilder): State {
  const stages = plan.stages.map(makeStageState);
  const compareStages = makeStageOrder(plan, stages, trace);
  const workers = new WorkerPool(plan.workers, plan.tasksPerWorker);
  trace.meta.stages = stages.map((stage) => stage.books);
  trace.meta.workers = plan.workers;
  trace.meta.cores = plan.cores;
  trace.meta.tasksPerWorker = plan.tasksPerWorker;
  return {
    plan,
    machine,
    trace,
    stages,
    folds: stages.filter((stage) => stage.plan.join === 'fold'),
    closedStages: 0,
    tasks: new TaskTable(),
    ledger: new ItemLedger(trace, plan),
    workers,
    ahead: Array.from({ length: plan.workers }, () => new AheadQueue(stages.length)),
    // Of several tasks that a worker runs, one may have a limit that others wait for: it is told of at once.
    aheadMs: new Float64Array(plan.workers).fill(
      plan.tasksPerWorker === 1 || plan.allMayRunAhead ? plan.sendAheadMs : 0,
    ),
    runs: new Int32Array(plan.workers).fill(-1),
    timers: new Timers(machine),
    limitsFree: plan.limits.map((limit) => limit.capacity),
    ready: new IndexedHeap(compareStages, stages.length),
    mayFollow: new IndexedHeap(compareStages, stages.length),
    routed: plan.routing === 'shared-queue' ? null : new RoutedWork(plan, stages, trace, workers),
    lone: [],
    compareStages,
    dirtyStages: [],
    closeCandidates: [],
    roomStages: [],
    rendezvous: [],
    source: {
      line: new EntryQueue(),
      pending: 0,
      inFlight: 0,
      ended: false,
      pulled: 0,
      timed: isTimed(plan.pipeline.source),
      overrun: false,
    },
    running: 0,
    lookingUp: 0,
    paused: false,
    stopBecause: null,
    phase: Phase.unbegun,
    note: '',
    ended: 'running',
  };
}

function makeStageState(plan: PlanStage): StageState {
  return {
    plan,
    books: {
      id: plan.id,
      name: plan.name,
      received: 0,
      delivered: 0,
      failed: 0,
      dropped: 0,
      cancelled: 0,
      inside: 0,
      tasks: 0,
      retried: 0,
      timedOut: 0,
      cacheHits: 0,
      capacity: plan.capacity === Infinity ? null : plan.capacity,
      permits: plan.stage.join === 'fold' ? 1 : plan.stage.permits,
    },
    queue: new EntryQueue(),
    offers: new EntryQueue(),
    lookingUp: 0,
    running: 0,
    blocked: 0,
    ahead: 0,
    zip: plan.zipped ? makeZipTable(plan.parents.length) : null,
    attempts: new Map(),
    lostOnce: new Set(),
    displaced: new Set(),
    flights: new Map(),
    flightOf: new Map(),
    enteredAt: new Map(),
    pin: -1,
    taken: [],
    takenAt: [],
    result: -1,
    resultReadyMs: 0,
    closing: Closing.open,
    inputEnded: false,
    inputEndedMs: 0,
    closed: false,
    lingerTimer: -1,
    flush: false,
    servedTasks: 0,
    servedMs: 0,
    gate: Gate.open,
    nextGate: Gate.open,
    dirty: false,
  };
}
