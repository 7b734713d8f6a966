import { Fate, Mark } from '../trace/types.ts';
import { endBranch, leaveStage, markDrop } from './leaving.ts';
import type { StageState, State } from './state.ts';
import { halfIsGone, halfIsHere, zipEntry, type ZipEntry } from './zip-table.ts';

/**
 * `item` will never leave `from` under its own name (it failed, was dropped, ended, became children or
 * was taken in): halves of zips below that wait for it are let go, counted as dropped, "orphaned".
 */
export function absentBelow(state: State, from: number, item: number, nowMs: number): void {
  const children = from === -1 ? state.plan.roots : state.plan.stages[from]!.children;
  for (const child of children) {
    const stage = state.stages[child]!;
    if (stage.zip) halfGone(state, stage, from, item, nowMs);
    else if (stage.plan.zipBelow && !stage.plan.copies && !stage.plan.barrier) {
      absentBelow(state, child, item, nowMs);
    }
  }
}

function halfGone(
  state: State,
  stage: StageState,
  parent: number,
  item: number,
  nowMs: number,
): void {
  const entry = zipEntry(stage.zip!, item);
  const at = stage.plan.parents.indexOf(parent);
  if (entry.halves[at] !== 0) return;
  entry.halves[at] = halfIsGone;
  entry.gone++;
  if (entry.gone === 1) {
    letHalvesGo(state, stage, entry, item, nowMs);
    // The pair itself will never come out, so nobody below gets it either.
    if (stage.plan.zipBelow) absentBelow(state, stage.plan.index, item, nowMs);
  }
  forgetIfSettled(stage, entry, item);
}

/** A half comes to a pair that can never be complete. */
export function orphanHalf(
  state: State,
  stage: StageState,
  entry: ZipEntry,
  parent: number,
  item: number,
  nowMs: number,
): void {
  if (!entry.counted) {
    entry.counted = true;
    stage.books.received++;
    stage.books.inside++;
    leaveStage(state, stage, 'dropped');
  }
  noteMissed(stage, entry);
  markDrop(state, stage, Mark.orphaned, item, nowMs, nowMs);
  state.machine.release(parent, item);
  endBranch(state, item, Fate.dropped, nowMs);
  forgetIfSettled(stage, entry, item);
}

function letHalvesGo(
  state: State,
  stage: StageState,
  entry: ZipEntry,
  item: number,
  nowMs: number,
): void {
  if (entry.here === 0) return;
  for (let i = 0; i < entry.halves.length; i++) {
    if (entry.halves[i] === halfIsHere) state.machine.release(stage.plan.parents[i]!, item);
  }
  noteMissed(stage, entry);
  markDrop(state, stage, Mark.orphaned, item, entry.arriveMs, nowMs);
  leaveStage(state, stage, 'dropped');
  // The halves had merged into one branch as they came.
  endBranch(state, item, Fate.dropped, nowMs);
}

function noteMissed(stage: StageState, entry: ZipEntry): void {
  entry.halves.forEach((half, parent) => {
    if (half === halfIsGone) stage.zip!.missed[parent]!++;
  });
}

export function forgetIfSettled(stage: StageState, entry: ZipEntry, item: number): void {
  if (entry.here + entry.gone === entry.halves.length) stage.zip!.entries.delete(item);
}
