import { burnTurns } from './busy-loop.ts';
import type { OpenTask } from './open-task.ts';

/** Does drawn phases one after another (ms; negative: waits), then calls `done`; stops early when aborted. */
export function runSegments(
  task: OpenTask,
  segments: readonly number[],
  turnsPerMs: number,
  done: () => void,
  from = 0,
): void {
  for (let i = from; i < segments.length; i++) {
    if (task.isAborted) break;
    const ms = segments[i]!;
    if (ms < 0) {
      task.pause(-ms, () => runSegments(task, segments, turnsPerMs, done, i + 1));
      return;
    }
    burnTurns(Math.round(ms * turnsPerMs));
  }
  done();
}
