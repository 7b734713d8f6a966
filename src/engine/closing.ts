import { compareItems } from '../trace/item-label.ts';
import { refresh } from './eligibility.ts';
import { Closing } from './phases.ts';
import { sourceIsClosed } from './source-line.ts';
import type { StageState, State } from './state.ts';

/**
 * Ends spread downstream: a stage's input has ended when all its parents are closed; it is closed when
 * besides nothing is left inside and, under `all` and `fold`, its result has gone.
 */
export function closeStages(state: State, nowMs: number): boolean {
  let any = false;
  for (
    let index = state.closeCandidates.pop();
    index !== undefined;
    index = state.closeCandidates.pop()
  ) {
    const stage = state.stages[index]!;
    if (!stage.inputEnded && parentsAreClosed(state, stage)) {
      stage.inputEnded = true;
      stage.inputEndedMs = nowMs;
      // A partial batch need not linger any longer.
      refresh(state, index, nowMs);
      any = true;
    }
    if (!stage.inputEnded || stage.closed || stage.books.inside > 0) continue;
    if (stage.plan.barrier && stage.closing !== Closing.done) {
      if (stage.closing === Closing.open) {
        formResult(state, stage, nowMs);
        any = true;
      }
      continue;
    }
    stage.closed = true;
    state.closedStages++;
    any = true;
    state.closeCandidates.push(...stage.plan.children);
  }
  return any;
}

function parentsAreClosed(state: State, stage: StageState): boolean {
  return stage.plan.parents.every((parent) =>
    parent === -1 ? sourceIsClosed(state) : state.stages[parent]!.closed,
  );
}

/** The closing task of an `all` (over what survived, in item order) or of a `fold` is formed. */
function formResult(state: State, stage: StageState, nowMs: number): void {
  const { index } = stage.plan;
  stage.result = state.ledger.resultItem(index, nowMs);
  stage.resultReadyMs = nowMs;
  if (stage.plan.join === 'all') sortTaken(state, stage);
  if (stage.plan.cached) {
    stage.closing = Closing.lookingUp;
    state.lookingUp++;
    state.machine.lookUp(index, stage.result);
    return;
  }
  stage.closing = Closing.formed;
  refresh(state, index, nowMs);
}

function sortTaken(state: State, stage: StageState): void {
  const { items } = state.trace;
  const order = stage.taken.map((_, i) => i);
  order.sort((a, b) => compareItems(items, stage.taken[a]!, stage.taken[b]!));
  stage.takenAt = order.map((i) => stage.takenAt[i]!);
  stage.taken = order.map((i) => stage.taken[i]!);
}
