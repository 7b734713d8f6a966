import { Gate, Outcome, type Trace } from '../trace/types.ts';
import { gateHistories, type GateHistory } from './gates.ts';

/** Task-milliseconds of one stage, summed over its tasks; times of several tasks at once add up. */
export interface TaskTimes {
  /** In a worker: set-up and service. */
  busy: number;
  /** Of busy: set-up. */
  setup: number;
  /** Of busy: waits, when the thread was free for others. */
  waited: number;
  /** Done, but no room downstream. */
  blocked: number;
  /** From the first input's arrival until the pair or batch was complete. */
  waitForItem: number;
  waitForPermit: number;
  waitForLimit: number;
  waitForWorker: number;
  /** While the run was paused. */
  paused: number;
  /** Cache hits: from arrival to the answer. */
  lookUp: number;
}

export const noTaskTimes = (): TaskTimes => ({
  busy: 0,
  setup: 0,
  waited: 0,
  blocked: 0,
  waitForItem: 0,
  waitForPermit: 0,
  waitForLimit: 0,
  waitForWorker: 0,
  paused: 0,
  lookUp: 0,
});

/** By stage index. Every task's [arrive, leave] is split without rest among the fields but `setup` and `waited`. */
export function taskTimes(trace: Trace): TaskTimes[] {
  const { tasks, meta } = trace;
  const histories = gateHistories(trace);
  const times = meta.stages.map(noTaskTimes);
  for (let row = 0; row < tasks.count; row++) {
    const stage = tasks.stage[row]!;
    const time = times[stage]!;
    if (tasks.outcome[row] === Outcome.hit) {
      time.lookUp += tasks.leave[row]! - tasks.arrive[row]!;
      continue;
    }
    const ran = tasks.worker[row]! >= 0;
    const start = ran ? tasks.start[row]! : tasks.leave[row]!;
    time.waitForItem += Math.max(0, tasks.ready[row]! - tasks.arrive[row]!);
    addWait(time, histories[stage]!, tasks.ready[row]!, start);
    if (!ran) continue;
    time.busy += tasks.end[row]! - tasks.start[row]!;
    time.setup += tasks.setup[row]!;
    time.waited += tasks.waited[row]!;
    time.blocked += tasks.leave[row]! - tasks.end[row]!;
  }
  return times;
}

/** Splits a wait by what was shut; where nothing was noted, the next free worker was waited for. */
function addWait(time: TaskTimes, history: GateHistory, fromMs: number, toMs: number): void {
  const wholeMs = toMs - fromMs;
  if (!(wholeMs > 0)) return;
  const permit = history.shutMs(Gate.permit, fromMs, toMs);
  const limit = history.shutMs(Gate.limit, fromMs, toMs);
  const paused = history.shutMs(Gate.paused, fromMs, toMs);
  time.waitForPermit += permit;
  time.waitForLimit += limit;
  time.paused += paused;
  time.waitForWorker += Math.max(0, wholeMs - permit - limit - paused);
}
