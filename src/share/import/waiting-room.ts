import { ceilings } from '../../pipeline/ceilings.ts';
import type { MachineDocument } from '../../pipeline/types.ts';

/**
 * A machine on which workers are never what a task waits for: published durations are times at machines and
 * crews, not on this computer's CPU, so they are waits, and one worker holds as many open as ever run at once.
 */
export function waitingRoom(tasksAtOnce: number): MachineDocument {
  return { workers: 1, tasksPerWorker: Math.min(tasksAtOnce, ceilings.tasksPerWorker) };
}
