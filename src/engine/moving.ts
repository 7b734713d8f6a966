import { compareItems } from '../trace/item-label.ts';
import { Fate, Mark } from '../trace/types.ts';
import { hasTask, refresh } from './eligibility.ts';
import type { EntryQueue } from './entry-queue.ts';
import { landFlight, type Flight } from './flights.ts';
import { endBranch, finalize, leaveStage, markDrop, noteMemory, releaseInputs } from './leaving.ts';
import { absentBelow, orphanHalf } from './orphaning.ts';
import { Closing, Phase } from './phases.ts';
import type { StageState, State } from './state.ts';
import { TimerKind } from './timers.ts';
import { halfIsGone, halfIsHere, zipEntry } from './zip-table.ts';

/** The source holds its own outputs under this number. */
export const sourceHolder = -1;

/**
 * One output comes to one stage. Returns false if it found the buffer full and stays with its
 * producer (throttle), true if the producer is rid of it.
 */
export function offer(
  state: State,
  index: number,
  parent: number,
  outputItem: number,
  holder: number,
  nowMs: number,
): boolean {
  const stage = state.stages[index]!;
  if (
    stage.plan.receivesSpecially ||
    stage.closing === Closing.done ||
    state.phase !== Phase.running
  ) {
    return offerSpecially(state, stage, parent, outputItem, holder, nowMs);
  }
  return offerWhole(state, stage, outputItem, NaN, holder, nowMs);
}

function offerSpecially(
  state: State,
  stage: StageState,
  parent: number,
  outputItem: number,
  holder: number,
  nowMs: number,
): boolean {
  const { index } = stage.plan;
  if (state.phase !== Phase.running) {
    // Stopped meanwhile: nothing moves on any more.
    state.machine.release(parent, outputItem);
    endBranch(state, outputItem, Fate.cancelled, nowMs);
    return true;
  }
  if (stage.zip) return offerHalf(state, stage, parent, outputItem, holder, nowMs);

  let item = outputItem;
  if (stage.plan.copies) {
    item = state.ledger.childItem(outputItem, -1 - parent, index, nowMs);
    state.machine.alias(parent, outputItem, item);
    if (stage.plan.zipBelow) absentBelow(state, index, outputItem, nowMs);
  }
  if (stage.plan.join === 'all') {
    takeIn(state, stage, item, nowMs);
    return true;
  }
  if (stage.closing === Closing.done) {
    // A fold that has lost its accumulator takes nothing in any more.
    receive(stage, NaN);
    leaveStage(state, stage, 'failed');
    releaseInputs(state, stage, item);
    endBranch(state, item, Fate.failed, nowMs);
    return true;
  }
  return offerWhole(state, stage, item, NaN, holder, nowMs);
}

/** `all` takes everything in as it comes: it is delivered, and waits in memory only. */
function takeIn(state: State, stage: StageState, item: number, nowMs: number): void {
  stage.books.received++;
  stage.books.inside++;
  stage.taken.push(item);
  stage.takenAt.push(nowMs);
  leaveStage(state, stage, 'delivered');
  endBranch(state, item, Fate.delivered, nowMs);
  if (stage.plan.zipBelow) absentBelow(state, stage.plan.index, item, nowMs);
}

function offerHalf(
  state: State,
  stage: StageState,
  parent: number,
  item: number,
  holder: number,
  nowMs: number,
): boolean {
  const entry = zipEntry(stage.zip!, item);
  const { parents } = stage.plan;
  const at = parents.indexOf(parent);
  if (entry.here + entry.gone === 0) {
    // Children and results are born below the source: some parents may never see them.
    for (let i = 0; i < parents.length; i++) {
      if (i === at || parents[i] === -1 || state.ledger.mayComeFrom(item, parents[i]!)) continue;
      entry.halves[i] = halfIsGone;
      entry.gone++;
    }
    if (entry.gone > 0 && stage.plan.zipBelow) {
      absentBelow(state, stage.plan.index, item, nowMs);
    }
  }
  entry.halves[at] = halfIsHere;
  entry.here++;
  if (entry.gone > 0) {
    orphanHalf(state, stage, entry, parent, item, nowMs);
    return true;
  }
  if (entry.here === 1) {
    entry.arriveMs = nowMs;
    entry.counted = true;
    stage.books.received++;
    stage.books.inside++;
  } else state.ledger.mergeBranch(item);
  if (entry.here < parents.length) return true;
  stage.zip!.entries.delete(item);
  return offerWhole(state, stage, item, entry.arriveMs, holder, nowMs);
}

/** Items inside the buffer, against its capacity. */
export function insideBuffer(stage: StageState): number {
  return stage.queue.length + stage.lookingUp + stage.ahead;
}

/** Room that a look-up has just made is for those that wait already. */
function isFull(stage: StageState): boolean {
  const { capacity, whenFull } = stage.plan;
  return whenFull !== 'grow' && (insideBuffer(stage) >= capacity || stage.offers.length > 0);
}

/** `arriveMs` is NaN unless the item is a pair, which has been received with its first half. */
function offerWhole(
  state: State,
  stage: StageState,
  item: number,
  arriveMs: number,
  holder: number,
  nowMs: number,
): boolean {
  if (stage.plan.capacity < Infinity && isFull(stage)) {
    return offerFull(state, stage, item, arriveMs, holder, nowMs);
  }
  enter(state, stage, item, arriveMs, nowMs);
  return true;
}

function offerFull(
  state: State,
  stage: StageState,
  item: number,
  arriveMs: number,
  holder: number,
  nowMs: number,
): boolean {
  const { capacity, whenFull, index } = stage.plan;
  if (whenFull === 'throttle') {
    stage.offers.push(item, arriveMs, nowMs, holder);
    if (capacity === 0) refresh(state, index, nowMs);
    return false;
  }
  if (capacity === 0) {
    // Gets until the starts of this very instant to be taken.
    enter(state, stage, item, arriveMs, nowMs);
    if (!state.rendezvous.includes(index)) state.rendezvous.push(index);
    return true;
  }
  if (whenFull === 'drop-oldest' && dropOldest(state, stage, Mark.dropOldest, nowMs)) {
    enter(state, stage, item, arriveMs, nowMs);
    return true;
  }
  receive(stage, arriveMs);
  drop(state, stage, Mark.dropNewest, item, -1, nowMs);
  return true;
}

/** Loses the oldest item that waits; one that is back for another attempt never is. False: none may go. */
export function dropOldest(
  state: State,
  stage: StageState,
  kind: typeof Mark.dropNewest | typeof Mark.dropOldest,
  nowMs: number,
): boolean {
  const { queue, attempts, lostOnce, displaced } = stage;
  const mayGo = (item: number): boolean =>
    !attempts.has(item) && !lostOnce.has(item) && !displaced.has(item);
  let at = 0;
  while (at < queue.length && !mayGo(queue.itemAt(at))) at++;
  let item = at < queue.length ? queue.itemAt(at) : -1;
  let sinceMs = item < 0 ? Infinity : queue.readyAt(at);
  const routed = state.routed?.takeOldest(stage, mayGo, item, sinceMs);
  if (routed) {
    stage.ahead--;
    item = routed.item;
    sinceMs = routed.readyMs;
  } else if (item < 0) return false;
  else queue.removeAt(at);
  // Of an item that came at this very instant and found no room: it never was in the buffer.
  drop(state, stage, kind, item, kind === Mark.dropNewest ? -1 : sinceMs, nowMs);
  refresh(state, stage.plan.index, nowMs);
  // The one it was about to go for is out: the next oldest lingers on.
  if (stage.plan.batchSize > 1) armLinger(state, stage, nowMs);
  return true;
}

function receive(stage: StageState, arriveMs: number): void {
  if (!Number.isNaN(arriveMs)) return;
  stage.books.received++;
  stage.books.inside++;
}

/** Into the buffer; what asks the cache first is looked up there. */
function enter(
  state: State,
  stage: StageState,
  item: number,
  arriveMs: number,
  nowMs: number,
): void {
  receive(stage, arriveMs);
  const arrive = Number.isNaN(arriveMs) ? nowMs : arriveMs;
  if (stage.plan.cached) askCache(state, stage, item, arrive);
  else enqueue(state, stage, item, arrive, nowMs);
}

function askCache(state: State, stage: StageState, item: number, arriveMs: number): void {
  stage.lookingUp++;
  state.lookingUp++;
  stage.enteredAt.set(item, arriveMs);
  state.machine.lookUp(stage.plan.index, item);
}

/** To the tail of the queue, over capacity if need be. */
export function enqueue(
  state: State,
  stage: StageState,
  item: number,
  arriveMs: number,
  nowMs: number,
): void {
  const { queue } = stage;
  queue.push(item, arriveMs, nowMs, 0);
  if (queue.length > 1) {
    if (queue.readyAt(queue.length - 2) === nowMs) sortIn(state, queue, nowMs);
    // Behind others, and only the first of them counts: nothing has changed for the stage.
    else if (stage.plan.oneByOne && state.routed === null) return;
  }
  if (stage.plan.batchSize > 1) armLinger(state, stage, nowMs);
  refresh(state, stage.plan.index, nowMs);
}

/** What comes at one instant stands in the order of item numbers, whoever brought it first. */
function sortIn(state: State, queue: EntryQueue, nowMs: number): void {
  const item = queue.itemAt(queue.length - 1);
  for (let at = queue.length - 1; at > 0 && queue.readyAt(at - 1) === nowMs; at--) {
    if (compareItems(state.trace.items, queue.itemAt(at - 1), item) <= 0) break;
    queue.swapWithPrevious(at);
  }
}

/** Of a stage with batches: one timer, for its oldest item: when it is due the batch goes, full or not. */
export function armLinger(state: State, stage: StageState, nowMs: number): void {
  const { lingerMs, index } = stage.plan;
  if (lingerMs === Infinity || lingerMs === 0) return;
  const lingers = stage.queue.length > 0 && !hasTask(stage, nowMs);
  if (!lingers) {
    if (stage.lingerTimer >= 0) state.timers.clear(stage.lingerTimer);
    stage.lingerTimer = -1;
  } else if (stage.lingerTimer < 0) {
    const dueMs = stage.queue.readyAt(0) + lingerMs;
    stage.lingerTimer = state.timers.set(TimerKind.linger, index, -1, dueMs);
  }
}

/** Loses an item that was received here. */
function drop(
  state: State,
  stage: StageState,
  kind: typeof Mark.dropNewest | typeof Mark.dropOldest,
  item: number,
  sinceMs: number,
  nowMs: number,
): void {
  markDrop(state, stage, kind, item, sinceMs, nowMs);
  const flight = landFlight(stage, item);
  leaveStage(state, stage, 'dropped');
  releaseInputs(state, stage, item);
  endBranch(state, item, Fate.dropped, nowMs);
  if (stage.plan.zipBelow) absentBelow(state, stage.plan.index, item, nowMs);
  passLead(state, stage, flight, nowMs);
}

/** The leader of a computation is out: the oldest who waited for its result computes it for the rest. */
export function passLead(
  state: State,
  stage: StageState,
  flight: Flight | null,
  nowMs: number,
): void {
  if (!flight || flight.waiting.length === 0) return;
  const [leader, ...rest] = flight.waiting;
  stage.flights.set(flight.key, rest);
  stage.flightOf.set(leader!, flight.key);
  enqueue(state, stage, leader!, stage.enteredAt.get(leader!) ?? nowMs, nowMs);
  const { capacity, whenFull, index } = stage.plan;
  if (capacity === 0 && whenFull !== 'throttle' && whenFull !== 'grow') {
    state.rendezvous.push(index);
  }
}

/** Room has appeared in a buffer: outputs that wait for it enter, in the order of blocking. */
export function fillRoom(state: State, stage: StageState, nowMs: number): void {
  while (stage.offers.length > 0 && insideBuffer(stage) < stage.plan.capacity) {
    const item = stage.offers.itemAt(0);
    const arrive = stage.offers.arriveAt(0);
    const holder = stage.offers.holderAt(0);
    stage.offers.dropFirst();
    enter(state, stage, item, arrive, nowMs);
    unhold(state, holder, nowMs);
  }
}

/** One output of a blocked task has found room; with the last one the task leaves. */
export function unhold(state: State, holder: number, nowMs: number): void {
  if (holder === sourceHolder) {
    state.source.pending--;
    return;
  }
  const left = --state.tasks.pending[holder]!;
  if (left > 0) return;
  const stage = state.tasks.stage[holder]!;
  finalize(state, holder, nowMs);
  // The permit that the blocked task kept is free.
  refresh(state, stage, nowMs);
}

/** Sends one output to every child (or out of the pipeline). Returns how many copies found no room. */
export function sendOn(
  state: State,
  from: number,
  item: number,
  holder: number,
  nowMs: number,
): number {
  const children = from === -1 ? state.plan.roots : state.plan.stages[from]!.children;
  if (children.length === 0) {
    state.machine.deliver(from, item);
    endBranch(state, item, Fate.delivered, nowMs);
    return 0;
  }
  noteMemory(state);
  if (children.length > 1) return sendToAll(state, children, from, item, holder, nowMs);
  return offer(state, children[0]!, from, item, holder, nowMs) ? 0 : 1;
}

function sendToAll(
  state: State,
  children: readonly number[],
  from: number,
  item: number,
  holder: number,
  nowMs: number,
): number {
  state.ledger.addBranches(item, children.length - 1);
  let held = 0;
  for (const child of children) if (!offer(state, child, from, item, holder, nowMs)) held++;
  return held;
}
