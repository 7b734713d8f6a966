import { assert } from '../../base/assert.ts';
import type { CompiledCode } from '../compile/unit.ts';
import { serviceOf } from '../service-of.ts';
import type { WireStage } from '../wire.ts';
import type { Asks } from './asks.ts';
import type { ToldByWorker } from './check-wire.ts';
import { CodeUrls } from './code-urls.ts';
import { Lane, OpenTasks, type SentTask } from './open-tasks.ts';
import type { Plan } from '../../engine/plan.ts';
import type { DispatchTrick } from '../../engine/runner.ts';
import { suspectsOf } from './suspects.ts';
import { WorkerLink, type Loading, type StageWorker } from './worker-link.ts';

export interface PoolParts {
  plan: Plan;
  code: CompiledCode;
  makeWorker(name: string): StageWorker;
  turnsPerMs: number;
  /** Tasks that each worker practises on before it loads any code. */
  practice: number;
  /** Absent: nobody asks (a rehearsal). */
  asks?: Asks | undefined;
  without?: readonly DispatchTrick[];
}

export interface PoolEvents {
  heard(worker: number, message: ToldByWorker): void;
  died(worker: number, why: string): void;
  uncaught(message: string): void;
}

export interface SilentLane {
  worker: number;
  /** Questions it has not answered, or that were asked while it was at `loading`. */
  asked: number;
  /** What it is at if it is not ready; declared phases take what they take. */
  loading: Loading | null;
  /** What it may be at. */
  sent: readonly SentTask[];
}

/**
 * Bytes that are moved in one message, about; what comes next goes in another. A worker has all of a message at once, and
 * that is what its garbage collector goes by: Chromium marks a young heap from 64 MiB on. The worker can begin meanwhile.
 */
const movedMost = 8 * 1024 * 1024;
/** Tasks; with fewer, messages cost more than garbage does. */
const cutFrom = 32;

/** The stage workers, and which tasks each of them has. */
export class StagePool {
  /** The lane of the worker that runs the source's code; the scheduler does not know it. */
  static readonly sourceLane = -1;

  readonly codeUrls: CodeUrls;
  readonly #parts: PoolParts;
  readonly #stages: WireStage[];
  readonly #gathers: boolean;
  readonly #movedMost: number;
  readonly #events: PoolEvents;
  readonly #links = new Map<number, WorkerLink>();
  readonly #lanes = new Map<number, Lane>();
  readonly #open = new OpenTasks();
  /** By workers that have been replaced. */
  #linesOmitted = 0;

  constructor(parts: PoolParts, stages: WireStage[], events: PoolEvents) {
    this.#parts = parts;
    this.#stages = stages;
    this.#gathers = !parts.without?.includes('gathering ends');
    this.#movedMost = parts.without?.includes('cutting messages') ? Infinity : movedMost;
    this.#events = events;
    this.codeUrls = new CodeUrls(parts.code.units);
    if (parts.code.sourceUnit >= 0) this.start(StagePool.sourceLane, false);
  }

  get allReady(): boolean {
    for (const link of this.#links.values()) if (!link.isReady) return false;
    return true;
  }
  isUp(worker: number): boolean {
    return this.#links.has(worker);
  }
  /** It has started once, so another one in its place will start as well. */
  canBeReplaced(worker: number): boolean {
    return worker !== StagePool.sourceLane && this.#links.get(worker)?.isReady === true;
  }

  /** @param mayPractise the clock has not started. */
  start(worker: number, mayPractise: boolean): void {
    const isSource = worker === StagePool.sourceLane;
    const name = isSource ? 'source' : `stage worker ${worker}`;
    const ask = this.#parts.asks?.open((ask, answer) => link.send({ type: 'answer', ask, answer }));
    const link: WorkerLink = new WorkerLink(this.#parts.makeWorker(name), {
      heard: (message) => {
        if (message.type === 'ask') {
          ask?.(message.ask, message.question);
          return;
        }
        if (message.type === 'ends') lane.endsHeard += message.ends.count;
        else if (message.type === 'pong' && this.#hides(message, lane)) {
          this.#events.died(worker, 'it began or ended tasks without a word');
          return;
        }
        if (message.type === 'ready') link.isAt(null);
        else if (message.type === 'loading') link.isAt(message);
        this.#events.heard(worker, message);
      },
      broke: (why) => this.#events.died(worker, why),
      uncaught: (message) => this.#events.uncaught(message),
    });
    const lane = new Lane();
    this.#linesOmitted += this.#lanes.get(worker)?.progress?.[2] ?? 0;
    this.#links.set(worker, link);
    this.#lanes.set(worker, lane);
    const { plan, code, turnsPerMs, practice } = this.#parts;
    link.send({
      type: 'load',
      seed: plan.pipeline.seed,
      urls: this.codeUrls.urls,
      slots: plan.tasksPerWorker,
      // The source's worker runs no stages.
      stages: isSource ? [] : this.#stages,
      sourceUnit: isSource ? code.sourceUnit : -1,
      progress: lane.progress,
      turnsPerMs: isSource ? 0 : turnsPerMs,
      practice: mayPractise ? practice : 0,
      service: serviceOf(plan.pipeline),
    });
  }

  lane(worker: number): Lane {
    const lane = this.#lanes.get(worker);
    assert(lane, `worker ${worker} is up`);
    return lane;
  }

  /** The open task in a row of the scheduler's table. */
  find(task: number): SentTask | undefined {
    return this.#open.find(task);
  }

  /** Opens a task for a worker; the rest of it is to be filled in. */
  open(task: number, worker: number): SentTask {
    const sent = this.#open.open(task);
    sent.worker = worker;
    return sent;
  }

  /** A task that a worker says has ended, if it is that worker's. */
  take(worker: number, task: number, number: number): SentTask | null {
    const sent = this.#open.find(task);
    if (sent?.number !== number || sent.worker !== worker) return null;
    this.#open.close(task);
    return sent;
  }

  abort({ worker, task, number }: SentTask): void {
    this.#links.get(worker)?.send({ type: 'abort', task, number });
  }

  /** Asks the source's code for more items. */
  pullSource(count: number): void {
    this.#links.get(StagePool.sourceLane)?.send({ type: 'pull', count });
  }

  /**
   * Terminates a worker and returns the tasks it had. With `task` it forgets just that one: the others
   * of that worker are given up one by one as well.
   */
  end(worker: number, task?: number): SentTask[] {
    this.#links.get(worker)?.terminate();
    this.#links.delete(worker);
    const lane = this.#lanes.get(worker);
    if (!lane) return [];
    const lost = this.#open.of(worker);
    lane.outbox.clear();
    for (const sent of lost) {
      if (task === undefined || sent.task === task) this.#open.close(sent.task);
    }
    return lost;
  }

  /** Sends the tasks of this turn. */
  flush(aheadMs: (worker: number) => number): void {
    for (const [worker, lane] of this.#lanes) {
      if (lane.outbox.count > 0) this.#send(worker, lane, aheadMs);
    }
  }

  /** Sends at once what is enough for a message, to the worker of a lane that a task was just written for. */
  sendEnough(worker: number, lane: Lane, aheadMs: (worker: number) => number): void {
    const { count, movedBytes } = lane.outbox;
    if (count >= cutFrom && movedBytes >= this.#movedMost) this.#send(worker, lane, aheadMs);
  }

  #send(worker: number, { outbox }: Lane, aheadMs: (worker: number) => number): void {
    const { moved } = outbox;
    const tasks = outbox.take();
    const tellEveryMs = this.#gathers ? aheadMs(worker) : 0;
    this.#links.get(worker)?.send({ type: 'tasks', tasks, tellEveryMs }, moved);
  }

  /** Lines of the log that workers printed but did not send. */
  get linesOmitted(): number {
    let omitted = this.#linesOmitted;
    for (const lane of this.#lanes.values()) omitted += lane.progress?.[2] ?? 0;
    return omitted;
  }

  /** Tasks it has begun; 0 where that is not shared. */
  begun(worker: number): number {
    return this.lane(worker).progress?.[0] ?? 0;
  }

  /** Its open tasks, but for those it has not begun, or has ended without saying so yet. */
  suspects(worker: number): readonly SentTask[] {
    const { progress } = this.lane(worker);
    return suspectsOf(this.#open.of(worker), progress, this.#parts.plan.tasksPerWorker);
  }

  /**
   * Asks every worker for a sign of life, and names those that have left so many such questions in a row
   * unanswered. One that waits answers, one that computes, loops or is dead does not; but one that waits
   * before it is ready is named as well, since the run waits with it. Questions are counted, not ms: while
   * the computer sleeps nobody asks.
   */
  silent(askedMin: number): SilentLane[] {
    const found: SilentLane[] = [];
    for (const [worker, link] of this.#links) {
      const loading = this.loading(worker);
      const asked = loading ? Math.max(link.asksSinceStep, link.unanswered) : link.unanswered;
      if (asked >= askedMin) found.push({ worker, asked, loading, sent: this.suspects(worker) });
      const lane = this.lane(worker);
      link.ask(lane.sentCount - lane.outbox.count);
    }
    return found;
  }

  /**
   * Whether a worker that answers does not tell all: ends, or that it leaves slots free while tasks wait. What
   * the runtime needs has been replaced then, and its tasks would be waited for in vain.
   */
  #hides({ sent, begun, ended }: Extract<ToldByWorker, { type: 'pong' }>, lane: Lane): boolean {
    const { tasksPerWorker } = this.#parts.plan;
    return ended > lane.endsHeard || begun < Math.min(sent, ended + tasksPerWorker);
  }

  /** What a worker that is not ready is at, but for declared phases. */
  loading(worker: number): Loading | null {
    const loading = this.#links.get(worker)?.loading ?? null;
    return loading?.step === 'phases' ? null : loading;
  }

  close(): void {
    for (const link of this.#links.values()) link.terminate();
    this.#links.clear();
  }
}
