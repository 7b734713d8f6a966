import type { WireTask } from '../wire.ts';

/** A task that was sent to a worker and has not ended. */
export interface SentTask {
  task: number;
  number: number;
  stage: number;
  worker: number;
  /** When it was sent, ms of the run's clock. */
  sentMs: number;
  /** Entries its outcome must have. */
  members: number;
  timedOut: boolean;
}

/** A lane: its worker, what it was sent and what waits to be sent. */
export class Lane {
  readonly sent = new Map<number, SentTask>();
  /** Gathered during a turn, sent as one message. */
  outbox: WireTask[] = [];
  /** Stages that have been told to set up there. */
  readonly setUp = new Set<number>();
}
