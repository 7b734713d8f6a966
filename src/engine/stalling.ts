import { Mark } from '../trace/types.ts';
import { refresh } from './eligibility.ts';
import { Phase } from './phases.ts';
import { overTheMark } from './source-line.ts';
import type { State } from './state.ts';
import { beginStop } from './stopping.ts';

/** Nothing runs, nothing is due, nothing is on its way: without help it would stay so for ever. */
export function isStalled(state: State): boolean {
  return (
    state.running === 0 &&
    state.phase === Phase.running &&
    !state.paused &&
    state.lookingUp === 0 &&
    state.timers.count === 0 &&
    state.workers.starting === 0 &&
    !mayStillCome(state.source)
  );
}

function mayStillCome(source: State['source']): boolean {
  return !source.ended && (source.timed || source.pulled > 0);
}

/** The partial batch nearest the sinks goes; else the source passes one over the mark; else the end. */
export function unstall(state: State, nowMs: number): void {
  let nearest = -1;
  for (const stage of state.stages) {
    const waits = stage.queue.length + stage.offers.length > 0 && !stage.flush;
    if (!waits || stage.plan.batchSize === 1) continue;
    if (nearest < 0 || stage.plan.depth < state.plan.stages[nearest]!.depth) {
      nearest = stage.plan.index;
    }
  }
  if (nearest >= 0) {
    state.stages[nearest]!.flush = true;
    refresh(state, nearest, nowMs);
    return;
  }
  const { source } = state;
  if (!source.overrun && overTheMark(state) && (source.line.length > 0 || !source.ended)) {
    source.overrun = true;
    state.trace.mark(nowMs, Mark.overrun, -1, -1, state.machine.heldBytes);
    return;
  }
  beginStop(state, 'stalled', whoWaits(state), nowMs);
}

function whoWaits(state: State): string {
  const waits: string[] = [];
  for (const stage of state.stages) {
    const { id } = stage.plan;
    const halves = stage.zip ? stage.zip.entries.size : 0;
    if (halves > 0) waits.push(`${id} waits for the other half of ${halves} items`);
    if (stage.offers.length > 0) {
      waits.push(`${stage.offers.length} outputs wait for room in the buffer of ${id}`);
    }
    const waiting = stage.queue.length + stage.ahead;
    if (waiting > 0) waits.push(`${waiting} items wait at ${id}`);
  }
  if (state.source.line.length > 0) waits.push('the source waits to let the next item in');
  return `Nothing can go on: ${waits.join('; ') || 'no stage has anything to do'}.`;
}
