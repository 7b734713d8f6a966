import type { TraceBuilder } from '../trace/builder.ts';
import { Fate, Mark } from '../trace/types.ts';
import { assertBalanced } from './balance.ts';
import { closeStages } from './closing.ts';
import { refresh, refreshPinned } from './eligibility.ts';
import { cancelItem, endTask } from './ending.ts';
import { loseFoldsOf, rejoin } from './failing.ts';
import { hit, hitResult } from './hitting.ts';
import { endBranch } from './leaving.ts';
import type { Machine, TaskEnd } from './machine.ts';
import { armLinger, dropOldest, enqueue, fillRoom } from './moving.ts';
import { Closing, Phase } from './phases.ts';
import type { Plan } from './plan.ts';
import { admit, lateHolder, mayAdmit, sourceIsClosed } from './source-line.ts';
import { isAhead } from './sending-ahead.ts';
import { isStalled, unstall } from './stalling.ts';
import { dispatch, mayDispatch, mayStartWorkers, startWorkers } from './starting.ts';
import { makeState, type StageState, type State } from './state.ts';
import { beginStop } from './stopping.ts';
import { TaskKind, type TaskTable } from './task-table.ts';
import { TimerKind } from './timers.ts';
import { vainWaits } from './vain-waits.ts';

/** What a look-up in the cache found. */
export interface LookUp {
  hit: boolean;
  /** Names the key, so that only one of several askers computes it; -1: nobody else can ask for it. */
  key: number;
  /** Of a hit: `plain`, or how many children the stored result makes. */
  output: number;
  bytes: number;
}

/**
 * Decides what starts when and where. Pure and deterministic: a machine tells it what happened, then
 * calls `settle` once for that instant, and gets commands back (see `Machine`).
 *
 * Events of one instant come in this order: task ends by task number, timers by creation, arrivals.
 */
export class Scheduler {
  readonly #state: State;

  readonly #tasks: TaskTable;

  constructor(plan: Plan, machine: Machine, trace: TraceBuilder) {
    this.#state = makeState(plan, machine, trace);
    this.#tasks = this.#state.tasks;
  }

  // ── events ──────────────────────────────────────────────────────────────────────────────────

  /** Starts the warm workers. Call `begin` when each has answered `workerReady`. */
  prepare(): void {
    const { workers, plan, machine } = this.#state;
    for (let lane = 0; lane < plan.warm; lane++) {
      workers.start(lane);
      machine.startWorker(lane);
    }
  }

  /** The clock starts: the source may emit. */
  begin(nowMs: number): void {
    this.#state.phase = Phase.running;
    this.settle(nowMs);
  }

  /**
   * A source item came at `arrivalMs` (≤ now). Returns its row.
   * @param isLate nothing but want of time kept the machine from bringing it then: it is let in as if it had.
   */
  arrived(arrivalMs: number, isLate = false): number {
    const { source, ledger } = this.#state;
    if (source.pulled > 0) source.pulled--;
    const item = ledger.sourceItem(this.#sourceNumber++, arrivalMs);
    source.line.push(item, arrivalMs, arrivalMs, isLate ? lateHolder : 0);
    return item;
  }
  #sourceNumber = 0;

  /** No more items will come. */
  sourceEnded(): void {
    this.#state.source.ended = true;
    this.#state.source.pulled = 0;
  }

  /** All that could be brought now has come, though less than was asked for; the rest comes later. */
  pullAnswered(): void {
    this.#state.source.pulled = 0;
  }

  taskEnded(nowMs: number, task: number, end: TaskEnd): void {
    endTask(this.#state, task, end, nowMs);
  }

  timerDue(nowMs: number, timer: number): void {
    const state = this.#state;
    const due = state.timers.take(timer);
    if (!due) return;
    const stage = state.stages[due.stage]!;
    if (due.kind === TimerKind.backoff) rejoin(state, stage, due.item, nowMs);
    else {
      stage.lingerTimer = -1;
      refresh(state, due.stage, nowMs);
      // It was set for an item that has been dropped meanwhile: now for the oldest that is left.
      armLinger(state, stage, nowMs);
    }
  }

  lookedUp(nowMs: number, stageIndex: number, item: number, found: LookUp): void {
    const state = this.#state;
    const stage = state.stages[stageIndex]!;
    state.lookingUp--;
    if (item === stage.result) {
      this.#resultLookedUp(stage, found, nowMs);
      return;
    }
    if (state.phase !== Phase.running) {
      stage.lookingUp--;
      cancelItem(state, stage, item, nowMs);
      return;
    }
    if (found.hit) {
      hit(state, stage, item, found.output, found.bytes, nowMs);
      return;
    }
    stage.lookingUp--;
    const followers = found.key < 0 ? undefined : stage.flights.get(found.key);
    if (followers) {
      followers.push(item);
      state.roomStages.push(stageIndex);
      return;
    }
    if (found.key >= 0) {
      stage.flights.set(found.key, []);
      stage.flightOf.set(item, found.key);
    }
    enqueue(state, stage, item, stage.enteredAt.get(item) ?? nowMs, nowMs);
    // Nobody else can ask for it, so nobody asks again when it came.
    if (found.key < 0) stage.enteredAt.delete(item);
    const { capacity, whenFull } = stage.plan;
    if (capacity === 0 && whenFull !== 'throttle' && whenFull !== 'grow') {
      state.rendezvous.push(stageIndex);
    }
  }

  #resultLookedUp(stage: StageState, found: LookUp, nowMs: number): void {
    const state = this.#state;
    if (state.phase !== Phase.running) {
      endBranch(state, stage.result, Fate.cancelled, nowMs);
      stage.closing = Closing.done;
    } else if (found.hit) hitResult(state, stage, found.output, found.bytes, nowMs);
    else {
      stage.closing = Closing.formed;
      stage.resultReadyMs = nowMs;
      refresh(state, stage.plan.index, nowMs);
    }
  }

  workerReady(nowMs: number, worker: number): void {
    const state = this.#state;
    state.workers.ready(worker);
    state.routed?.workerChanged(worker);
    state.trace.mark(nowMs, Mark.workerUp, -1, worker, 0);
    refreshPinned(state, worker, nowMs);
  }

  /** A worker is gone. Report the end of its tasks (`lost`) first. */
  workerLost(nowMs: number, worker: number): void {
    const state = this.#state;
    state.workers.lost(worker);
    state.routed?.workerChanged(worker);
    state.trace.mark(nowMs, Mark.workerDown, -1, worker, 0);
    if (state.phase === Phase.running) loseFoldsOf(state, worker, nowMs);
    refreshPinned(state, worker, nowMs);
  }

  stop(nowMs: number): void {
    if (this.#state.phase === Phase.running) {
      beginStop(this.#state, 'stopped', 'Stopped by hand.', nowMs);
    }
  }

  /** Nothing new starts; what runs goes on. */
  pause(nowMs: number): void {
    this.#setPaused(true, nowMs);
  }
  resume(nowMs: number): void {
    this.#setPaused(false, nowMs);
  }
  #setPaused(paused: boolean, nowMs: number): void {
    const state = this.#state;
    if (state.paused === paused) return;
    state.paused = paused;
    state.trace.mark(nowMs, paused ? Mark.paused : Mark.resumed, -1, -1, 0);
    for (const stage of state.stages) refresh(state, stage.plan.index, nowMs);
  }

  /** Acts on all events of this instant: lets items in, closes what has ended, starts tasks. */
  settle(nowMs: number): void {
    const state = this.#state;
    if (state.phase === Phase.unbegun || state.phase === Phase.finished) return;
    if (mustStop(state)) this.#beginStop(nowMs);
    this.#flow(nowMs);
    // While a task runs the run neither ends nor stalls.
    const goesOn = state.running > 0 && state.rendezvous.length === 0 && state.stopBecause === null;
    if (!goesOn && this.#settleRest(nowMs) === 'finished') return;
    if (state.dirtyStages.length > 0) this.#noteGates(nowMs);
    if (mayStartWorkers(state)) startWorkers(state);
  }

  #beginStop(nowMs: number): void {
    beginStop(this.#state, 'failed', this.#state.stopBecause!, nowMs);
  }

  /** Drops, stops, ends or helps on what does not flow by itself. */
  #settleRest(nowMs: number): 'finished' | 'goes on' {
    const state = this.#state;
    for (;;) {
      const dropsOrStops = this.#dropRendezvous(nowMs) || mustStop(state);
      if (!dropsOrStops) {
        if (state.running > 0) return 'goes on';
        if (this.#isDone()) {
          this.#finish(nowMs);
          return 'finished';
        }
        if (!isStalled(state)) return 'goes on';
        startWorkers(state);
        if (state.workers.starting > 0) return 'goes on';
        unstall(state, nowMs);
      }
      if (mustStop(state)) this.#beginStop(nowMs);
      this.#flow(nowMs);
    }
  }

  #flow(nowMs: number): void {
    const state = this.#state;
    // A start makes room, which lets more in, which may start.
    for (let moved = true; moved;) {
      if (state.roomStages.length > 0) this.#fillRooms(nowMs);
      if (mayAdmit(state)) admit(state, nowMs);
      if (!this.#sourceClosed && sourceIsClosed(state)) this.#closeSource();
      if (state.closeCandidates.length > 0 && state.phase === Phase.running)
        closeStages(state, nowMs);
      moved = (mayDispatch(state) && dispatch(state, nowMs)) || state.roomStages.length > 0;
    }
  }
  #sourceClosed = false;

  #closeSource(): void {
    this.#sourceClosed = true;
    this.#state.closeCandidates.push(...this.#state.plan.roots);
  }

  #fillRooms(nowMs: number): void {
    const state = this.#state;
    for (let index = state.roomStages.pop(); index !== undefined; index = state.roomStages.pop()) {
      fillRoom(state, state.stages[index]!, nowMs);
    }
  }

  /** Capacity 0 with dropping: what did not start at the instant it came is lost. */
  #dropRendezvous(nowMs: number): boolean {
    const state = this.#state;
    let any = false;
    for (let index = state.rendezvous.pop(); index !== undefined; index = state.rendezvous.pop()) {
      const stage = state.stages[index]!;
      while (dropOldest(state, stage, Mark.dropNewest, nowMs)) any = true;
      refresh(state, index, nowMs);
    }
    return any;
  }

  /** Asked when no task runs. */
  #isDone(): boolean {
    const state = this.#state;
    return state.phase === Phase.stopping
      ? state.lookingUp === 0
      : sourceIsClosed(state) && state.closedStages === state.stages.length;
  }

  #finish(nowMs: number): void {
    const state = this.#state;
    if (state.phase === Phase.running) state.ended = 'done';
    this.#noteGates(nowMs);
    state.phase = Phase.finished;
    const { meta } = state.trace;
    meta.makespan = nowMs;
    meta.ended = state.ended;
    meta.note = state.note;
    assertBalanced(state);
    state.machine.finished(nowMs);
  }

  #noteGates(nowMs: number): void {
    const state = this.#state;
    const { dirtyStages } = state;
    // In the order of stages, whatever changed first.
    if (dirtyStages.length > 1) dirtyStages.sort((a, b) => b - a);
    for (let index = dirtyStages.pop(); index !== undefined; index = dirtyStages.pop()) {
      const stage = state.stages[index]!;
      stage.dirty = false;
      if (stage.nextGate === stage.gate) continue;
      stage.gate = stage.nextGate;
      state.trace.mark(nowMs, Mark.gate, index, -1, stage.gate);
    }
  }

  /** What a run that ended well should be told about all the same. One sentence each. */
  notices(): string[] {
    return this.#state.ended === 'done' ? vainWaits(this.#state) : [];
  }

  /** Items that wait where the source puts them: at the one of its stages that has the fewest. */
  get waitingAtRoots(): number {
    const { plan, stages } = this.#state;
    let fewest = Infinity;
    for (const root of plan.roots) fewest = Math.min(fewest, stages[root]!.queue.length);
    return fewest;
  }

  // ── what a machine asks about a task ────────────────────────────────────────────────────────

  get plan(): Plan {
    return this.#state.plan;
  }
  /** The clock runs. */
  get hasBegun(): boolean {
    return this.#state.phase !== Phase.unbegun;
  }
  get isFinished(): boolean {
    return this.#state.phase === Phase.finished;
  }
  taskStage(task: number): number {
    return this.#tasks.stage[task]!;
  }
  taskWorker(task: number): number {
    return this.#tasks.worker[task]!;
  }
  /** 1-based. */
  taskAttempt(task: number): number {
    return this.#tasks.attempt[task]!;
  }
  /** The task's number for good: larger means started later. */
  taskNumber(task: number): number {
    return this.#tasks.seq[task]!;
  }
  /** Sent ahead and, for all the scheduler knows, not begun. */
  isAhead(task: number): boolean {
    return isAhead(this.#state, task);
  }
  /** How often a worker tells of ends, ms: by then it has as much left to go on with. */
  aheadMs(worker: number): number {
    return this.#state.aheadMs[worker]!;
  }
  taskKind(task: number): TaskKind {
    return this.#tasks.kind[task]! as TaskKind;
  }
  /** First (mostly the only) item; the result item of an `all` or a fold's finish. */
  taskItem(task: number): number {
    return this.#tasks.item[task]!;
  }
  /** Items of a batch, or all that an `all` took in, in item order; null: just `taskItem`. */
  taskMembers(task: number): Int32Array | null {
    return this.#tasks.members[task] ?? null;
  }
  /** What an `all` has taken in, for the look-up of its result. */
  takenItems(stage: number): readonly number[] {
    return this.#state.stages[stage]!.taken;
  }

  // ── progress ────────────────────────────────────────────────────────────────────────────────

  /** Items waiting, tasks running and tasks blocked, a stage; written into the arrays given. */
  readProgress(queued: number[], running: number[], blocked: number[]): void {
    this.#state.stages.forEach((stage, i) => {
      queued[i] = stage.queue.length + stage.lookingUp + stage.ahead;
      running[i] = stage.running;
      blocked[i] = stage.blocked;
    });
  }

  /** Brings the trace's meta up to date while running. */
  noteTime(nowMs: number): void {
    this.#state.trace.meta.makespan = nowMs;
  }
}

/** A failure under `onError: "stop"` has not ended the run yet. */
const mustStop = ({ stopBecause, phase }: State): boolean =>
  stopBecause !== null && phase === Phase.running;
