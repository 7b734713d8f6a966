import { ItemDraws, makeService } from '../../src/engine/service.ts';
import { Mark } from '../../src/trace/types.ts';
import { membersOf } from './visits.ts';
import type { WatchedRun } from './seen-run.ts';

/** If the one who computes for all fails, the one who has waited longest for the result computes it. */
export function cacheLaws(run: WatchedRun): string[] {
  const { tasks, items } = run.trace;
  const draws = new ItemDraws(run.plan, items);
  for (const stage of run.plan.stages) {
    if (!stage.cached || stage.join === 'all') continue;
    const service = makeService(stage);
    const over = settledMs(run, stage.index);
    const asked = run.lookUps.filter((one) => one.stage === stage.index && !one.hit);
    for (let row = 0; row < tasks.count; row++) {
      if (tasks.stage[row] !== stage.index || tasks.worker[row]! < 0) continue;
      for (const { item, enteredMs } of membersOf(run, row)) {
        const own = asked.find((one) => one.item === item);
        // Only its first computation, and only if it waited for somebody before.
        if (!own || over.get(item) !== enteredMs || own.answeredMs >= enteredMs) continue;
        const key = draws.cacheKey(service, item);
        const elder = asked.find(
          (other) =>
            other.askedMs < own.askedMs &&
            other.answeredMs < own.answeredMs &&
            (over.get(other.item) ?? Infinity) > enteredMs &&
            draws.cacheKey(service, other.item) === key,
        );
        if (key >= 0 && elder) {
          return [
            `${stage.id} computed key ${key} for item ${item} before ${elder.item}, its elder`,
          ];
        }
      }
    }
  }
  return [];
}

/** When each item stopped waiting for another's result: it was computed itself, answered, or given up. */
function settledMs(run: WatchedRun, stage: number): Map<number, number> {
  const { tasks, marks } = run.trace;
  const settled = new Map<number, number>();
  const note = (item: number, timeMs: number): void => {
    settled.set(item, Math.min(settled.get(item) ?? Infinity, timeMs));
  };
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.stage[row] !== stage) continue;
    const isHit = tasks.worker[row]! < 0;
    for (const { item, enteredMs } of membersOf(run, row)) {
      note(item, isHit ? tasks.end[row]! : enteredMs);
    }
  }
  for (let row = 0; row < marks.count; row++) {
    const kind = marks.kind[row];
    const isLost = kind === Mark.cancelled || kind === Mark.dropNewest || kind === Mark.dropOldest;
    if (marks.stage[row] === stage && isLost) note(marks.item[row]!, marks.time[row]!);
  }
  return settled;
}
