import type { EventHeap } from '../base/event-heap.ts';
import type { TaskEnd } from '../engine/machine.ts';
import type { Plan } from '../engine/plan.ts';
import type { Overheads } from '../engine/runner.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import * as Rank from './event-rank.ts';
import type { SharedCores } from './shared-cores.ts';

/** Whether the coordinator and the way to it cost anything: else nothing of this file is needed. */
export const costsMessages = ({ messageMs, turnMs, dispatchMs }: Overheads): boolean =>
  messageMs > 0 || turnMs > 0 || dispatchMs > 0;

/** Of what copying data costs, the coordinator's part: it writes what it sends, and reads what comes back. */
const ownShare = 0.5;
/** The worker's part; all of it where the coordinator is taken to cost nothing. */
export const workerShare = (overheads: Overheads): number =>
  costsMessages(overheads) ? 1 - ownShare : 1;

/** The coordinator's thread among those that share the cores. */
export const coordinatorRow = 0x7fff_ffff;

export interface Hands {
  /** A worker's thread takes a task up. */
  begin(task: number, worker: number): void;
  /** What the task is sent. */
  inputBytes(task: number): number;
  /** The coordinator is about to tell of it. */
  heard(task: number, end: TaskEnd): void;
}

/** What is on its way to the coordinator. */
interface Message {
  worker: number;
  ends: { task: number; end: TaskEnd }[];
}

/** What is on its way to a worker. */
interface Delivery {
  worker: number;
  tasks: number[];
  tellEveryMs: number;
}

/** A worker as its runtime sees it: tasks of a message wait their turn there. */
interface Post {
  /** Sent in this turn of the coordinator. */
  outbox: number[];
  /** Heard, and not begun. */
  waiting: number[];
  open: number;
  ended: Message['ends'];
  toldMs: number;
  /** It tells what has ended before it begins another task, if it last did so long ago: as the live one with one slot. */
  tellEveryMs: number;
}

/**
 * Between scheduler and workers, as on the live machine: a coordinator with a thread of its own hears messages
 * one after another (each a turn: CPU for the message and for every task in it), and what a turn starts leaves
 * when the turn is over and it has been copied, one message a worker. A worker takes the tasks of a message up
 * one after another and tells of their ends together. The coordinator's thread shares the cores with those that work.
 */
export class SimulatedCoordinator {
  nowMs = 0;
  readonly #scheduler: Scheduler;
  readonly #hands: Hands;
  readonly #overheads: Overheads;
  readonly #events: EventHeap;
  readonly #cores: SharedCores | null;
  readonly #slots: number;
  readonly #posts: Post[];
  /** Under way, by number; a worker's death delivers those of its own early. */
  readonly #messages = new Map<number, Message>();
  /** Arrived, and not heard: the coordinator is at something else. */
  readonly #inbox: number[] = [];
  #sequence = 0;
  /** The turn that the coordinator is at; -1: none. */
  #turn = -1;
  #startedInTurn = 0;
  /** Of what waits to leave, and has not been copied. */
  #bytesToCopy = 0;
  /** Tasks of deliveries on their way to a worker. */
  readonly #deliveries = new Map<number, Delivery>();

  constructor(
    plan: Plan,
    overheads: Overheads,
    parts: {
      scheduler: Scheduler;
      events: EventHeap;
      cores: SharedCores | null;
      hands: Hands;
    },
  ) {
    this.#scheduler = parts.scheduler;
    this.#hands = parts.hands;
    this.#overheads = overheads;
    this.#events = parts.events;
    this.#cores = parts.cores;
    this.#slots = plan.tasksPerWorker;
    this.#posts = Array.from({ length: plan.workers }, () => ({
      ...{ outbox: [], waiting: [], open: 0, ended: [], toldMs: 0, tellEveryMs: 0 },
    }));
  }

  // ── to the workers ──────────────────────────────────────────────────────────────────────────

  /** The scheduler starts a task: it leaves with the others of this turn. */
  send(task: number, worker: number): void {
    this.#posts[worker]!.outbox.push(task);
    this.#startedInTurn++;
    if (this.#overheads.perByteMs > 0) this.#bytesToCopy += this.#hands.inputBytes(task);
  }

  /** The scheduler has settled: what it started costs its time, then leaves. */
  settled(): void {
    if (this.#startedInTurn === 0 || this.#turn >= 0) return;
    // Started by a timer or an arrival, while the coordinator was at nothing.
    this.#beginTurn(this.#startedInTurn * this.#overheads.dispatchMs);
  }

  #beginTurn(cpuMs: number): void {
    const turn = (this.#turn = this.#sequence++);
    this.#startedInTurn = 0;
    if (cpuMs <= 0) this.#events.push(this.nowMs, Rank.turnOver, turn, 0);
    else if (this.#cores) this.#cores.add(coordinatorRow, turn, cpuMs, this.nowMs, 'warm');
    else this.#events.push(this.nowMs + cpuMs, Rank.turnOver, turn, 0);
  }

  /** The coordinator's thread is through with its turn. */
  turnOver(): void {
    this.#turn = -1;
    this.#startedInTurn = 0;
    if (this.#bytesToCopy > 0) {
      const copyMs = ownShare * this.#overheads.perByteMs * this.#bytesToCopy;
      this.#bytesToCopy = 0;
      this.#beginTurn(copyMs);
      return;
    }
    for (let worker = 0; worker < this.#posts.length; worker++) {
      const post = this.#posts[worker]!;
      if (post.outbox.length === 0) continue;
      const delivery = this.#sequence++;
      const tellEveryMs = this.#scheduler.aheadMs(worker);
      this.#deliveries.set(delivery, { worker, tasks: post.outbox, tellEveryMs });
      post.outbox = [];
      const atMs = this.nowMs + this.#overheads.messageMs;
      this.#events.push(atMs, Rank.delivered, delivery, delivery);
    }
    // What a worker that is gone had told was heard when it went: on to the next.
    while (this.#turn < 0 && this.#inbox.length > 0) this.#hear(this.#inbox.shift()!);
  }

  /** A worker hears of its next tasks. */
  delivered(delivery: number): void {
    const found = this.#deliveries.get(delivery);
    if (!found) return;
    this.#deliveries.delete(delivery);
    const post = this.#posts[found.worker]!;
    if (post.waiting.length === 0 && post.ended.length === 0) post.toldMs = this.nowMs;
    post.tellEveryMs = found.tellEveryMs;
    post.waiting.push(...found.tasks);
    this.#drain(found.worker, post);
  }

  #drain(worker: number, post: Post): void {
    while (post.waiting.length > 0 && post.open < this.#slots) {
      if (this.nowMs - post.toldMs >= post.tellEveryMs) this.#tell(worker, post);
      post.open++;
      this.#hands.begin(post.waiting.shift()!, worker);
    }
    if (post.open < this.#slots || post.waiting.length === 0) this.#tell(worker, post);
  }

  // ── from the workers ────────────────────────────────────────────────────────────────────────

  /** A task has ended on its worker: the scheduler hears of it later. Copies `end`. */
  taskEnded(nowMs: number, task: number, end: TaskEnd): void {
    this.nowMs = nowMs;
    const worker = this.#scheduler.taskWorker(task);
    const post = this.#posts[worker]!;
    post.open--;
    post.ended.push({ task, end: { ...end } });
    this.#drain(worker, post);
  }

  #tell(worker: number, post: Post): void {
    if (post.ended.length === 0) return;
    const message = this.#sequence++;
    this.#messages.set(message, { worker, ends: post.ended });
    post.ended = [];
    post.toldMs = this.nowMs;
    this.#events.push(this.nowMs + this.#overheads.messageMs, Rank.heard, message, message);
  }

  /** A message has reached the coordinator. */
  arrived(message: number): void {
    if (!this.#messages.has(message)) return;
    if (this.#turn >= 0) this.#inbox.push(message);
    else this.#hear(message);
  }

  /** One turn: the ends first, then (when the machine settles) what follows from them. */
  #hear(number: number): void {
    const message = this.#messages.get(number);
    if (!message) return;
    this.#messages.delete(number);
    const { turnMs, dispatchMs } = this.#overheads;
    this.#beginTurn(turnMs + message.ends.length * dispatchMs);
    this.#pass(message);
  }

  #pass({ ends }: Message): void {
    for (const { task, end } of ends) {
      this.#hands.heard(task, end);
      this.#scheduler.taskEnded(this.nowMs, task, end);
    }
  }

  /** Tasks that a worker is at. */
  openAt(worker: number): number {
    return this.#posts[worker]!.open;
  }

  // ── what goes wrong ─────────────────────────────────────────────────────────────────────────

  /** Forgets a task on its way to its worker, or whose end is on its way back; false: its worker is at it. */
  takeBack(task: number, worker: number): boolean {
    const { outbox, waiting, ended } = this.#posts[worker]!;
    const sent = Array.from(this.#deliveries.values(), ({ tasks }) => tasks);
    for (const list of [outbox, waiting, ...sent]) {
      const at = list.indexOf(task);
      if (at >= 0) return list.splice(at, 1).length > 0;
    }
    const told = Array.from(this.#messages.values(), ({ ends }) => ends);
    for (const list of [ended, ...told]) {
      const at = list.findIndex((one) => one.task === task);
      if (at >= 0) return list.splice(at, 1).length > 0;
    }
    return false;
  }

  /**
   * A worker is gone. What it had told is heard at once. Returns its tasks that it never began, which only
   * the caller can end.
   */
  workerGone(worker: number): number[] {
    const post = this.#posts[worker]!;
    this.#tell(worker, post);
    for (const [number, message] of this.#messages) {
      if (message.worker !== worker) continue;
      this.#messages.delete(number);
      this.#pass(message);
    }
    const unbegun = [...post.waiting];
    for (const [number, delivery] of this.#deliveries) {
      if (delivery.worker !== worker) continue;
      this.#deliveries.delete(number);
      unbegun.push(...delivery.tasks);
    }
    unbegun.push(...post.outbox);
    Object.assign(post, { outbox: [], waiting: [], open: 0, ended: [], toldMs: this.nowMs });
    return unbegun;
  }
}
