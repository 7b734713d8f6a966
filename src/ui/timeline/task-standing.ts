import { Outcome, type Trace } from '../../trace/types.ts';

const outcomeWords: Readonly<Record<string, string>> = {
  ok: 'done',
  failed: 'failed',
  retried: 'failed, tried again',
  timedOut: 'timed out',
  cancelled: 'cancelled',
  hit: 'answered by the cache',
  lost: 'worker died, runs again',
};

/** What became of a task, in a few words. A prediction has done nothing yet. */
export function standingOf({ tasks, meta }: Trace, row: number): string {
  const outcome =
    Object.entries(Outcome).find(([, value]) => value === tasks.outcome[row])?.[0] ?? '';
  const said = outcomeWords[outcome] ?? '';
  if (meta.machine === 'live') return said;
  return outcome === 'ok' ? 'predicted' : `predicted: ${said}`;
}

/** "worker 3". */
export function placeOf({ tasks }: Trace, row: number): string {
  const worker = tasks.worker[row] ?? -1;
  return worker < 0 ? 'no worker' : `worker ${worker}`;
}
