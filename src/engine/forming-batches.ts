import { noHolder } from './entry-queue.ts';
import { unhold } from './moving.ts';
import type { StageState, State } from './state.ts';
import { TaskKind } from './task-table.ts';

/** Items that go through one call together, taken out of the buffer or still in their producers' hands. */
export interface FormedBatch {
  members: Int32Array;
  /** When each entered the buffer, ms; NaN: held by its producer (capacity 0). */
  arrives: Float64Array;
  holders: Int32Array;
  /** Of a held one: when its pair began, ms; NaN: it has not been received yet. */
  heldSince: Float64Array;
  /** The first member's first arrival, and its entry into the buffer, ms. */
  sinceMs: number;
  firstMs: number;
  /** When the batch could go: full, lingered long enough, or nothing more to come. ms. */
  readyMs: number;
}

/** Takes the next batch of a stage, oldest items first. */
export function gatherBatch(stage: StageState, nowMs: number): FormedBatch {
  const { queue, offers } = stage;
  const { batchSize, lingerMs, capacity } = stage.plan;
  const waiting = queue.length + (capacity === 0 ? offers.length : 0);
  const count = Math.min(batchSize, waiting);
  const members = new Int32Array(count);
  const arrives = new Float64Array(count);
  const holders = new Int32Array(count).fill(noHolder);
  const heldSince = new Float64Array(count);
  let sinceMs = nowMs;
  for (let i = 0; i < count; i++) {
    const from = queue.length > 0 ? queue : offers;
    members[i] = from.itemAt(0);
    if (from === queue) {
      arrives[i] = queue.readyAt(0);
      sinceMs = Math.min(sinceMs, queue.arriveAt(0));
    } else {
      arrives[i] = NaN;
      holders[i] = offers.holderAt(0);
      heldSince[i] = offers.arriveAt(0);
    }
    from.dropFirst();
  }
  const entered = (i: number): number => (holders[i] === noHolder ? arrives[i]! : nowMs);
  const firstMs = entered(0);
  const lastMs = entered(count - 1);
  const lingeredMs = firstMs + lingerMs;
  let readyMs = nowMs;
  if (count === batchSize) readyMs = Math.min(lastMs, lingeredMs);
  else if (!stage.flush) {
    const endedMs = stage.inputEnded ? Math.max(stage.inputEndedMs, lastMs) : Infinity;
    readyMs = Math.min(nowMs, lingeredMs, endedMs);
  }
  return { members, arrives, holders, heldSince, sinceMs, firstMs, readyMs };
}

/** The batch starts: what was held is received, and its producers are rid of it. Returns its task. */
export function addBatchTask(
  state: State,
  stage: StageState,
  worker: number,
  batch: FormedBatch,
  nowMs: number,
): number {
  const { tasks } = state;
  const { members, arrives, holders, heldSince } = batch;
  let attempt = 1;
  let sinceMs = batch.sinceMs;
  for (let i = 0; i < members.length; i++) {
    if (holders[i] !== noHolder) {
      arrives[i] = nowMs;
      if (Number.isNaN(heldSince[i]!)) receiveHeld(stage);
      else sinceMs = Math.min(sinceMs, heldSince[i]!);
    }
    if (stage.attempts.size > 0) {
      attempt = Math.max(attempt, stage.attempts.get(members[i]!) ?? 1);
    }
  }
  const task = tasks.add(TaskKind.item, stage.plan.index, worker, members[0]!);
  tasks.members[task] = members;
  tasks.memberArrives[task] = arrives;
  tasks.attempt[task] = attempt;
  tasks.arrive[task] = sinceMs;
  tasks.ready[task] = Math.min(nowMs, batch.readyMs);
  // Only now: letting a producer go may reuse its row, not ours.
  for (const holder of holders) if (holder !== noHolder) unhold(state, holder, nowMs);
  return task;
}

/** An item straight from its producer's hands is the stage's from now on. */
export function receiveHeld(stage: StageState): void {
  stage.books.received++;
  stage.books.inside++;
}
