import { Mark } from '../trace/types.ts';
import { sendOn, sourceHolder } from './moving.ts';
import type { State } from './state.ts';

/** Items asked of the machine at once; it may bring them later. */
const pullCount = 64;

/** Whether the outer semaphore, memory and the last item's copies let the source go on. */
function mayAdmit(state: State): boolean {
  const { source, plan } = state;
  return (
    state.phase === 'running' &&
    !state.paused &&
    source.pending === 0 &&
    source.inFlight < plan.inFlight &&
    (state.machine.heldBytes <= plan.memoryMark || source.overrun)
  );
}

/** Lets in what the source may emit, asking for more as long as it may. Returns whether any came in. */
export function admit(state: State, nowMs: number): boolean {
  const { source, trace } = state;
  let any = false;
  while (mayAdmit(state)) {
    if (source.line.length === 0) {
      if (source.ended || source.timed || source.pulled > 0) break;
      source.pulled = pullCount;
      state.machine.pull(pullCount);
      if (source.line.length === 0) break;
      continue;
    }
    const item = source.line.itemAt(0);
    const arrivedMs = source.line.arriveAt(0);
    source.line.dropFirst();
    source.overrun = false;
    source.inFlight++;
    trace.meta.items.emitted++;
    if (arrivedMs < nowMs) trace.mark(nowMs, Mark.admitted, -1, item, arrivedMs);
    source.pending += sendOn(state, -1, item, sourceHolder, nowMs);
    any = true;
  }
  return any;
}

export function sourceIsClosed(state: State): boolean {
  const { source } = state;
  return source.ended && source.line.length === 0 && source.pending === 0;
}

export function overTheMark(state: State): boolean {
  return state.machine.heldBytes > state.plan.memoryMark;
}
