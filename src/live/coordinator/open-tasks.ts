import { TaskKind } from '../../engine/task-table.ts';
import type { WireTask } from '../wire.ts';

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
  timedOut: boolean;
}

/**
 * How far a worker is, in memory it shares with the coordinator: tasks begun, tasks ended, lines printed
 * beyond those it sends. Tasks begin in the order they were sent, so this tells what a worker was at when
 * it fell silent. null: nothing can be shared here.
 */
export type WorkerProgress = Int32Array | null;

export const makeProgress = (): WorkerProgress =>
  globalThis.crossOriginIsolated ? new Int32Array(new SharedArrayBuffer(12)) : null;

/** A lane: its worker, what it was sent and what waits to be sent. */
export class Lane {
  readonly sent = new Map<number, SentTask>();
  /** Folds whose accumulator is there. */
  readonly folds = new Set<number>();
  /** Stage → the item it was sent for it; -1: several. */
  readonly onlyItem = new Map<number, number>();
  /** Tasks its worker was ever sent. */
  sentCount = 0;
  readonly progress = makeProgress();
  /** Gathered during a turn, sent as one message. */
  outbox: WireTask[] = [];
  /** Stages that have been told to set up there. */
  readonly setUp = new Set<number>();

  add(sent: SentTask, kind: TaskKind, item: number): void {
    const { task, stage, members } = sent;
    this.sent.set(task, sent);
    this.sentCount++;
    this.onlyItem.set(stage, members > 1 || this.onlyItem.has(stage) ? -1 : item);
    if (kind === TaskKind.foldStep) this.folds.add(stage);
    else if (kind === TaskKind.foldFinish) this.folds.delete(stage);
  }
}
