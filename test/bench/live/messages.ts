import MessageWorker from './worker-of-messages.ts?worker';
import {
  childrenOf,
  plural,
  rootsOf,
  turnsOf,
  workers,
  type Contender,
  type Job,
  type JobResult,
} from './job.ts';
import { startNumbers, type ManyDone, type ManyTasks, type Start } from './message-layout.ts';
import { inputOf, payloadsOf, Sheet } from './sheet.ts';
import { wideMessages } from './wide-messages.ts';
import { nowMs, startClock } from './work.ts';

/** What somebody writes who needs no library: a loop over messages, no promise a task. */
export interface MessageLoop {
  tasksPerMessage: number;
  /** Messages under way to one worker: it finds the next one when it is done. */
  ahead: number;
}

const messageLoop = (name: string, kind: Contender['kind'], loop: MessageLoop): Contender => {
  const lanes = Array.from({ length: workers }, () => new MessageWorker());
  const atOnce = loop.tasksPerMessage * loop.ahead;
  return {
    name,
    kind,
    cannot: ({ waitMs, open }) =>
      waitMs > 0 && atOnce < open
        ? `${plural(atOnce, 'task')} open on a worker, of ${open}, would take ${Math.round(open / atOnce)} times as long as they must`
        : null,
    run: (job) => new MessageRun(lanes, job, loop).run(),
  };
};

/** One job: tasks that have all their inputs lie on a stack, so that what is nearest its end goes first. */
class MessageRun {
  readonly #lanes: readonly Worker[];
  readonly #job: Job;
  readonly #loop: MessageLoop;
  readonly #sheet: Sheet;
  readonly #payloads: Uint8Array<ArrayBuffer>[] | null;
  readonly #children: number[][];
  readonly #roots: number[];
  readonly #ready: number[] = [];
  /** Task → parents that are not done yet; null: no stage has more than one. */
  readonly #missing: Uint8Array | null;
  /** Lane → the tasks of its messages under way, oldest first. */
  readonly #sent: number[][][];
  #nextItem = 0;
  #left: number;

  constructor(lanes: readonly Worker[], job: Job, loop: MessageLoop) {
    this.#lanes = lanes;
    this.#job = job;
    this.#loop = loop;
    this.#sheet = new Sheet(job);
    this.#payloads = payloadsOf(job);
    this.#children = childrenOf(job);
    this.#roots = rootsOf(job);
    const parents = job.after.map(({ length }) => length);
    const rows = job.items * parents.length;
    this.#missing = parents.some((count) => count > 1)
      ? Uint8Array.from({ length: rows }, (_, task) => parents[task % parents.length]!)
      : null;
    this.#sent = lanes.map(() => []);
    this.#left = rows;
  }

  run(): Promise<JobResult> {
    const { waitMs, payload } = this.#job;
    const start: Start = { waitMs, isMoved: payload?.isMoved === true };
    for (const lane of this.#lanes) lane.postMessage(start);
    const startMs = startClock();
    return new Promise((resolve, reject) => {
      this.#lanes.forEach((worker, lane) => {
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = ({ data }: MessageEvent<ManyDone>) => {
          this.#take(lane, data);
          if (this.#left > 0) {
            for (let one = 0; one < this.#lanes.length; one++) this.#fill(one);
            return;
          }
          const ms = performance.now() - startMs;
          try {
            this.#sheet.check();
            resolve({ ms, wholeMs: ms });
          } catch (error) {
            reject(error as Error);
          }
        };
      });
      for (let lane = 0; lane < this.#lanes.length; lane++) this.#fill(lane);
    });
  }

  #take(lane: number, { numbers, payloads }: ManyDone): void {
    const tasks = this.#sent[lane]!.shift()!;
    const sheet = this.#sheet;
    const queuedMs = nowMs();
    const stages = this.#job.after.length;
    for (let at = 0; at < tasks.length; at++) {
      const task = tasks[at]!;
      const output = payloads ? payloads[at]! : numbers[3 * at]!;
      sheet.write(task, output, numbers[3 * at + 1]!, numbers[3 * at + 2]!, lane);
      for (const child of this.#children[task % stages]!) {
        const next = task - (task % stages) + child;
        if (this.#missing && --this.#missing[next]! > 0) continue;
        sheet.queuedMs[next] = queuedMs;
        this.#ready.push(next);
      }
    }
    this.#left -= tasks.length;
  }

  #fill(lane: number): void {
    const { items, after } = this.#job;
    while (this.#sent[lane]!.length < this.#loop.ahead) {
      const left = this.#ready.length + (items - this.#nextItem) * this.#roots.length;
      // The last messages are shorter, for all workers to end at once.
      const size = Math.min(this.#loop.tasksPerMessage, Math.ceil(left / this.#lanes.length));
      if (size === 0) return;
      const tasks: number[] = [];
      const queuedMs = nowMs();
      while (tasks.length < size) {
        if (this.#ready.length === 0) {
          const row = this.#nextItem++ * after.length;
          for (const root of this.#roots) {
            this.#sheet.queuedMs[row + root] = queuedMs;
            this.#ready.push(row + root);
          }
        }
        tasks.push(this.#ready.pop()!);
      }
      this.#sent[lane]!.push(tasks);
      this.#send(lane, tasks);
    }
  }

  #send(lane: number, tasks: readonly number[]): void {
    const { after, payload } = this.#job;
    const numbers = startNumbers(3 * tasks.length);
    let to = 0;
    for (const task of tasks) {
      const stage = task % after.length;
      const row = task - stage;
      const item = row / after.length;
      numbers[to++] = stage;
      numbers[to++] = turnsOf(this.#job, item, stage);
      numbers[to++] = inputOf(item, after[stage]!, this.#sheet.outputs, row);
    }
    const payloads = this.#payloads && tasks.map((task) => this.#payloads![task]!);
    const moved = payload?.isMoved ? payloads!.map(({ buffer }) => buffer) : [];
    this.#lanes[lane]!.postMessage({ numbers, payloads } satisfies ManyTasks, moved);
  }
}

export const makeMessageLoops = (): Contender[] => [
  messageLoop('postMessage, 1 ahead', 'pool', { tasksPerMessage: 1, ahead: 1 }),
  messageLoop('postMessage, 4 ahead', 'pool', { tasksPerMessage: 1, ahead: 4 }),
  messageLoop(wideMessages, 'yardstick', { tasksPerMessage: 64, ahead: 2 }),
];
