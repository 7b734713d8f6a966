import { noWork, type TaskWork } from './task-work.ts';

/** A task on its worker. One object a row, used again by the next task there. */
export interface Running {
  /** The task's number; -1: nothing runs in this row. */
  number: number;
  work: TaskWork;
  /** Index of the segment under way. */
  next: number;
  /** When its thread first got to it; NaN: not yet, a CPU phase of another task has the thread. */
  startMs: number;
  /** When its time-out strikes, if its stage has one; before it began where it was long on its way. */
  dueMs: number;
  /** Others may wait for the set-up it does. */
  setsUpWorker: boolean;
  timedOut: boolean;
  aborted: boolean;
}

/** A row in which nothing runs yet. */
export const idleRow = (): Running => ({
  number: -1,
  work: noWork(),
  next: 0,
  startMs: 0,
  dueMs: 0,
  setsUpWorker: false,
  timedOut: false,
  aborted: false,
});

/** Its thread gets to it; it may have before. */
export function gotThread(running: Running, nowMs: number): void {
  if (Number.isNaN(running.startMs)) running.startMs = nowMs;
}

/** The set-up that another task of its stage did is done. */
export function waitedForSetUp(running: Running, nowMs: number): void {
  gotThread(running, nowMs);
  running.work.setupMs = nowMs - running.startMs;
}

/** It is given up before its thread got to it. */
export function neverBegan(running: Running, nowMs: number): void {
  running.startMs = nowMs;
  running.work.setupMs = 0;
  running.work.waitedMs = 0;
}
