import { Mark } from '../trace/types.ts';
import { sendOn, sourceHolder } from './moving.ts';
import { Phase } from './phases.ts';
import type { State } from './state.ts';

/** Stands beside an item that the machine brought late. */
export const lateHolder = 1;

/** Items asked of the machine at once; it may bring them later. */
const pullCount = 64;

/** Whether an item is here or can be asked for, and the source may go on with it. */
export function mayAdmit(state: State): boolean {
  const { source } = state;
  return (source.line.length > 0 || mayPull(source)) && mayEmit(state);
}

function mayPull(source: State['source']): boolean {
  return !source.ended && !source.timed && source.pulled === 0;
}

/** Whether the outer semaphore, memory and the last item's copies let the source go on. */
function mayEmit(state: State): boolean {
  const { source, plan } = state;
  return (
    state.phase === Phase.running &&
    !state.paused &&
    source.pending === 0 &&
    source.inFlight < plan.inFlight &&
    (state.machine.heldBytes <= plan.memoryMark || source.overrun)
  );
}

/** Where `mayAdmit`: lets in what the source may emit, asking for more as long as it may. */
export function admit(state: State, nowMs: number): void {
  const { source } = state;
  do {
    if (source.line.length === 0) {
      source.pulled = pullCount;
      state.machine.pull(pullCount);
      if (source.line.length === 0) break;
    } else admitNext(state, source, nowMs);
  } while (mayAdmit(state));
}

function admitNext(state: State, source: State['source'], nowMs: number): void {
  const { trace } = state;
  const item = source.line.itemAt(0);
  const arrivedMs = source.line.arriveAt(0);
  const isLate = source.line.holderAt(0) === lateHolder;
  source.line.dropFirst();
  source.overrun = false;
  source.inFlight++;
  trace.meta.items.emitted++;
  if (arrivedMs < nowMs && !isLate) trace.mark(nowMs, Mark.admitted, -1, item, arrivedMs);
  source.pending += sendOn(state, -1, item, sourceHolder, isLate ? arrivedMs : nowMs);
}

export function sourceIsClosed(state: State): boolean {
  const { source } = state;
  return source.ended && source.line.length === 0 && source.pending === 0;
}

export function overTheMark(state: State): boolean {
  return state.machine.heldBytes > state.plan.memoryMark;
}
