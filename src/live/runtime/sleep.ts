import { isIsolated, nowMs, setTimer, soon } from './builtins.ts';

/** Something to wait on that never changes; only isolated pages have shared memory. */
const never = isIsolated ? new Int32Array(new SharedArrayBuffer(4)) : null;
const atomicsWait = Atomics.wait;

/** Below this, timers set from timers are slowed by browsers. ms. */
const clampedMs = 4;

/**
 * Calls `done` after `ms`. Timers tick in whole ms: alone on its thread (`alone`) a task sleeps the
 * last fraction exactly, without burning CPU; with others on the thread it is rounded up.
 */
export function sleep(ms: number, alone: boolean, done: () => void): void {
  const dueMs = nowMs() + ms;
  const exact = alone && never !== null;
  const wholeMs = exact ? Math.floor(ms) : Math.ceil(ms);
  const wake = () => {
    const restMs = dueMs - nowMs();
    if (exact && restMs > 0) atomicsWait(never, 0, 0, restMs);
    done();
  };
  if (wholeMs < clampedMs) soon(() => setTimer(wake, wholeMs));
  else setTimer(wake, wholeMs);
}
