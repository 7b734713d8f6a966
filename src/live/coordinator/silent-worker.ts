import type { Plan } from '../../engine/plan.ts';
import type { SilentWorker } from '../../engine/runner.ts';
import type { SentTask } from './open-tasks.ts';
import type { SilentLane } from './stage-pool.ts';

/** Tasks of a silent worker that are named; with tasks sent ahead it may have many. */
const silentTasksMax = 8;

/** What the page is told of a worker that was asked for a sign of life every `lookMs`. */
export function silentWorker(
  { worker, asked, loading, sent }: SilentLane,
  lookMs: number,
  plan: Plan,
  nameOf: (sent: SentTask) => { stage: string; item: string },
): SilentWorker {
  const silent: SilentWorker = {
    worker,
    silentMs: asked * lookMs,
    tasks: sent.slice(0, silentTasksMax).map(nameOf),
  };
  if (loading) {
    const stage = plan.stages[loading.stage]?.id ?? null;
    silent.loading = { stage, isSetUp: loading.step === 'setup' };
  }
  return silent;
}
