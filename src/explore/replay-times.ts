import { compilePlan, type Plan } from '../engine/plan.ts';
import { ItemDraws, makeService, type StageService } from '../engine/service.ts';
import { taskDemand } from '../measure/demand.ts';
import { noWork, fillWork } from '../simulate/task-work.ts';
import type { Pipeline } from '../pipeline/types.ts';
import { Outcome, type Trace } from '../trace/types.ts';
import { rootOf } from '../trace/item-label.ts';
import { overlapped, wayMs } from './replay-ways.ts';

/** What tasks for one number cost, all their attempts together; items of a batch share its costs. ms. */
export interface NumberTimes {
  /** Tasks; every attempt is one. */
  tasks: number;
  cpuMs: number;
  waitMs: number;
  /** What messages took: time of a core, where the worker has nothing else to do meanwhile. */
  wayMs: number;
  /** Row in the trace's items of the last of them, and whether there were others of the same number. */
  item: number;
  isAlone: boolean;
  /** Whether its last attempt succeeded. */
  isDone: boolean;
}

/** What a trace shows of one stage. ms, without set-ups. */
export interface StageTimes {
  service: StageService;
  /** By the number of the source item that a task's items descend from (results: 0). */
  byNumber: Map<number, NumberTimes>;
  tasks: number;
  cpuMs: number;
  waitMs: number;
  wayMs: number;
  /** CPU time of those that had their worker and a core to themselves, and what the document draws for the same. */
  alone: { tasks: number; cpuMs: number; drawnCpuMs: number };
  /** Waits that the document draws for the very same tasks: others on the thread hold up none of them. */
  drawnWaitMs: number;
  /** Set-ups: how many, and what they took beside declared waits. */
  setUps: number;
  setUpMs: number;
  hits: number;
  retried: number;
  timedOut: number;
  /** Tasks whose worker died. */
  lost: number;
  /** [items, cpuMs, waitMs] of every batch. */
  batches: [items: number, cpuMs: number, waitMs: number][];
  /** What ends of folds took: the simulated machine takes them to cost nothing. */
  finishMs: number;
}

const noTimes = (service: StageService): StageTimes => ({
  service,
  byNumber: new Map(),
  ...{ tasks: 0, cpuMs: 0, waitMs: 0, wayMs: 0 },
  alone: { tasks: 0, cpuMs: 0, drawnCpuMs: 0 },
  drawnWaitMs: 0,
  ...{ setUps: 0, setUpMs: 0, hits: 0, retried: 0, timedOut: 0, lost: 0 },
  batches: [],
  finishMs: 0,
});

/** The number that `perItem` lists go by: that of the source item, 0 for what descends from a result. */
function numberOf({ items }: Trace, item: number): number {
  const root = rootOf(items, item);
  return items.parent[root] === -2 ? 0 : items.ordinal[root]!;
}

/** By stage index. CPU times are freed of what tasks waited for a core (`taskDemand`). */
export function replayTimes(
  trace: Trace,
  pipeline: Pipeline,
): { stages: StageTimes[]; draws: ItemDraws } {
  const reader = new TaskReader(trace, pipeline);
  for (let row = 0; row < trace.tasks.count; row++) reader.read(row);
  return reader;
}

/** What one task cost, ms. */
interface Cost {
  cpuMs: number;
  waitMs: number;
  wayMs: number;
  /** It had its worker and a core to itself. */
  isAlone: boolean;
}

class TaskReader {
  readonly stages: StageTimes[];
  readonly draws: ItemDraws;
  readonly #trace: Trace;
  readonly #plan: Plan;
  readonly #cpuMs: Float64Array;
  readonly #wayMs: Float64Array;
  readonly #overlaps: Uint8Array;
  readonly #work = noWork();
  /** (worker, stage) whose set-up has been seen. */
  readonly #isSetUp = new Set<number>();

  constructor(trace: Trace, pipeline: Pipeline) {
    this.#trace = trace;
    this.#plan = compilePlan(pipeline, { cores: trace.meta.cores, cache: 'off' });
    this.draws = new ItemDraws(this.#plan, trace.items);
    this.stages = this.#plan.stages.map((stage) => noTimes(makeService(stage)));
    this.#cpuMs = taskDemand(trace).cpu;
    this.#wayMs = wayMs(trace);
    this.#overlaps = overlapped(trace);
  }

  read(row: number): void {
    const { tasks } = this.#trace;
    const times = this.stages[tasks.stage[row]!]!;
    const outcome = tasks.outcome[row]!;
    if (outcome === Outcome.hit) times.hits++;
    if (outcome === Outcome.lost) times.lost++;
    const isOut = outcome === Outcome.cancelled || outcome === Outcome.lost;
    if (tasks.worker[row]! < 0 || isOut) return;
    if (this.#isFinish(row)) {
      times.finishMs += tasks.end[row]! - tasks.start[row]!;
      return;
    }
    const cost = this.#cost(row, this.#readSetUp(row, times));
    times.tasks++;
    times.cpuMs += cost.cpuMs;
    times.waitMs += cost.waitMs;
    times.wayMs += cost.wayMs;
    if (outcome === Outcome.retried) times.retried++;
    if (outcome === Outcome.timedOut) times.timedOut++;
    const members = this.#membersOf(row);
    if (members) times.batches.push([members.length, cost.cpuMs, cost.waitMs]);
    this.#readDrawn(row, times, cost, members);
    this.#readItems(row, times, cost, members);
  }

  #isFinish(row: number): boolean {
    const { tasks, items } = this.#trace;
    const stage = tasks.stage[row]!;
    const item = tasks.item[row]!;
    const isResult = items.parent[item] === -2 && items.ordinal[item] === stage;
    return isResult && this.#plan.stages[stage]!.join === 'fold';
  }

  /** Items of a batch; null: it is none (what an `all` takes in costs as one). */
  #membersOf(row: number): Int32Array | null {
    const { tasks, members } = this.#trace;
    const first = tasks.memberStart[row]!;
    if (first < 0 || this.#plan.stages[tasks.stage[row]!]!.join === 'all') return null;
    return members.item.subarray(first, first + tasks.memberCount[row]!);
  }

  /** Notes the set-up of a task. Gives what of it is among the task's waits, ms. */
  #readSetUp(row: number, times: StageTimes): number {
    const { tasks, meta } = this.#trace;
    const setUpMs = tasks.setup[row]!;
    if (!(setUpMs > 0)) return 0;
    const { service } = times;
    // Others that were open on that worker waited for the same set-up.
    const key =
      service.setupWhen === 'task'
        ? -1 - row
        : tasks.worker[row]! * this.stages.length + service.index;
    if (!this.#isSetUp.has(key)) {
      this.#isSetUp.add(key);
      times.setUps++;
      times.setUpMs += setUpMs;
    }
    // The simulated machine counts no waits of a set-up among those of its task.
    if (meta.machine === 'simulated') return 0;
    let waitMs = 0;
    for (let at = 0; at < service.setup.length; at++) {
      const phase = service.setup[at]!;
      if (!phase.waits) continue;
      waitMs += this.draws.setupMs(phase, service, tasks.item[row]!, tasks.attempt[row]!, at);
    }
    return Math.min(waitMs, setUpMs, tasks.waited[row]!);
  }

  #cost(row: number, setUpWaitMs: number): Cost {
    const { tasks, meta } = this.#trace;
    const elapsedMs = Math.max(0, tasks.end[row]! - tasks.start[row]!);
    const waitedMs = Math.min(elapsedMs, tasks.waited[row]!);
    const onThreadMs = elapsedMs - waitedMs;
    // Of the time on the thread the share that no core was waited for.
    const kept = onThreadMs > 0 ? this.#cpuMs[row]! / onThreadMs : 1;
    const setUpCpuMs = tasks.setup[row]! - setUpWaitMs;
    return {
      cpuMs: Math.max(0, onThreadMs - setUpCpuMs) * kept,
      waitMs: waitedMs - setUpWaitMs,
      // Its messages waited for a core as it did itself.
      wayMs: this.#wayMs[row]! * (meta.tasksPerWorker === 1 ? kept : 1),
      isAlone: this.#overlaps[row] === 0 && kept > 1 - 1e-9,
    };
  }

  /** What the document draws for this very task. */
  #readDrawn(row: number, times: StageTimes, cost: Cost, members: Int32Array | null): void {
    const { tasks } = this.#trace;
    const { alone, service } = times;
    const work = this.#work;
    fillWork(work, this.draws, service, {
      ...{ item: tasks.item[row]!, members, attempt: tasks.attempt[row]! },
      ...{ overheadMs: 0, setsUp: false, coldMs: 0, serves: true },
    });
    if (cost.isAlone) {
      alone.tasks++;
      alone.cpuMs += cost.cpuMs;
    }
    for (let at = 0; at < work.count; at++) {
      const ms = work.segments[at]!;
      if (ms < 0) times.drawnWaitMs -= ms;
      else if (cost.isAlone) alone.drawnCpuMs += ms;
    }
  }

  #readItems(row: number, times: StageTimes, cost: Cost, batch: Int32Array | null): void {
    const { tasks, members } = this.#trace;
    const isOk = tasks.outcome[row] === Outcome.ok;
    const count = batch?.length ?? 1;
    for (let at = 0; at < count; at++) {
      const item = batch ? batch[at]! : tasks.item[row]!;
      const number = numberOf(this.#trace, item);
      let sums = times.byNumber.get(number);
      if (!sums) times.byNumber.set(number, (sums = noneYet(item)));
      if (sums.item !== item) sums.isAlone = false;
      sums.item = item;
      sums.isDone =
        isOk && (!batch || members.outcome[tasks.memberStart[row]! + at] === Outcome.ok);
      sums.tasks++;
      sums.cpuMs += cost.cpuMs / count;
      sums.waitMs += cost.waitMs / count;
      sums.wayMs += cost.wayMs / count;
    }
  }
}

const noneYet = (item: number): NumberTimes => ({
  ...{ tasks: 0, cpuMs: 0, waitMs: 0, wayMs: 0 },
  ...{ item, isAlone: true, isDone: false },
});
