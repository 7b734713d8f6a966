import type { Progress } from '../../engine/runner.ts';
import type { TimeLeftEstimate } from '../../measure/time-left.ts';

export interface RunProgress {
  /** Before the clock: workers start, load the code and practise. */
  isWarmingUp: boolean;
  itemsDone: number;
  itemsFailed: number;
  total: number | null;
  tasksDone: number;
  /** Tasks that run as far as is known; workers may have been sent more to go on with. */
  underWay: number;
  elapsedMs: number;
  /** 0 … 1 of the whole run, as far as can be told; null: nobody knows how much there is. */
  share: number | null;
}

/**
 * How far a run has come. Items alone do not tell: where the last stage takes all of them in, none is
 * through until the end. So the share is that of the time (gone ÷ gone and left) or of the work that the
 * stages have behind them, whichever is known, and never less than that of the items.
 */
export function runProgress(progress: Progress, left: TimeLeftEstimate | null): RunProgress {
  const { items, makespan, stages } = progress.trace.meta;
  const { total } = progress;
  const itemsDone = items.delivered + items.failed + items.dropped + items.cancelled;
  const tasksDone = progress.trace.tasks.count;
  let share: number | null = null;
  if (total !== null && total > 0) {
    const through = stages.map(({ received, inside }) =>
      Math.min(1, (received - inside) / Math.max(total, received)),
    );
    const ofStages = through.reduce((sum, one) => sum + one, 0) / Math.max(1, stages.length);
    const ofWork = left === null ? ofStages : makespan / Math.max(makespan + left.leftMs, 1);
    share = Math.min(1, Math.max(itemsDone / total, ofWork));
  }
  return {
    isWarmingUp: makespan === 0 && tasksDone === 0,
    itemsDone,
    itemsFailed: items.failed,
    total,
    tasksDone,
    underWay: progress.running.reduce((sum, tasks) => sum + tasks, 0),
    elapsedMs: makespan,
    share,
  };
}
