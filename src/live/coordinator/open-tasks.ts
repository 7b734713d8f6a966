import { TaskKind } from '../../engine/task-table.ts';
import { TaskPacker } from '../packing.ts';
import { progressCells } from '../wire.ts';
import { WorkerClock } from './worker-clock.ts';

/** A task that was sent to a worker and has not ended. */
export interface SentTask {
  task: number;
  number: number;
  stage: number;
  worker: number;
  /** It was the n-th task that this worker was sent, from 0. */
  place: number;
  /** When it was sent, ms of the run's clock. */
  sentMs: number;
  /** Entries its outcome must have. */
  members: number;
  /** Its time is over, and it was sent the signal. */
  timedOut: boolean;
  /** Then: how many tasks its worker had begun. */
  begunThen: number;
  /** It did not answer; its worker is to go unless that was only not heard yet. */
  isGivenUp: boolean;
  /** Its input went with it, and is nowhere else. */
  isMoved: boolean;
}

/** All tasks that are open, by their row in the scheduler's table. */
export class OpenTasks {
  /** One object a row, used again with the row. */
  readonly #rows: SentTask[] = [];
  readonly #isOpen: boolean[] = [];

  /** The object of a row, to be filled in: from now on it is open. */
  open(task: number): SentTask {
    this.#isOpen[task] = true;
    return (this.#rows[task] ??= {
      task,
      number: 0,
      stage: 0,
      worker: 0,
      place: 0,
      sentMs: 0,
      members: 1,
      timedOut: false,
      begunThen: 0,
      isGivenUp: false,
      isMoved: false,
    });
  }
  find(task: number): SentTask | undefined {
    return this.#isOpen[task] === true ? this.#rows[task] : undefined;
  }
  /** Good until its row is used again: after the turn. */
  close(task: number): void {
    this.#isOpen[task] = false;
  }
  /** Those of one worker, in the order they were sent. */
  of(worker: number): SentTask[] {
    return this.#rows
      .filter((sent, task) => this.#isOpen[task] === true && sent.worker === worker)
      .sort((a, b) => a.place - b.place);
  }
}

/**
 * How far a worker is, in memory it shares with the coordinator: tasks begun, tasks ended, lines printed
 * beyond those it sends, and while code of a task is called, which it was in the order they began, from 1; else 0, as
 * also when a task goes on after an `await`. Tasks begin in the order they were sent, so this tells what a worker was
 * at when it fell silent. null: nothing can be shared here.
 */
export type WorkerProgress = Int32Array | null;

export const makeProgress = (): WorkerProgress =>
  globalThis.crossOriginIsolated ? new Int32Array(new SharedArrayBuffer(4 * progressCells)) : null;

/** A lane: its worker, what it was sent and what waits to be sent. */
export class Lane {
  /** Folds whose accumulator is there. */
  readonly folds = new Set<number>();
  /** Stage → the item it was sent for it; -1: several. */
  readonly onlyItem = new Map<number, number>();
  /** Tasks its worker was ever sent, and those it has told the end of. */
  sentCount = 0;
  endsHeard = 0;
  readonly progress = makeProgress();
  readonly clock = new WorkerClock();
  /** Gathered during a turn, sent as one message. */
  readonly outbox = new TaskPacker();
  /** Stages that have been told to set up there. */
  readonly setUp = new Set<number>();

  add({ stage, members }: SentTask, kind: TaskKind, item: number): void {
    this.sentCount++;
    const only = this.onlyItem.get(stage);
    if (only !== -1) this.onlyItem.set(stage, members > 1 || only !== undefined ? -1 : item);
    if (kind === TaskKind.foldStep) this.folds.add(stage);
    else if (kind === TaskKind.foldFinish) this.folds.delete(stage);
  }
}
