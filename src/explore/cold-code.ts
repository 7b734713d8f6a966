import { medianMs } from '../measure/median.ts';
import type { Draw, Model } from '../pipeline/types.ts';
import { rootOf } from '../trace/item-label.ts';
import { Outcome, type Trace } from '../trace/types.ts';

/** Fewer tasks of a worker tell nothing. */
const tasksMin = 16;
/** After so many tasks of a worker all of its code has long been compiled; long runs need not be looked at whole. */
const tasksMax = 4096;
/** Its tasks are looked at in so many parts; the later half of them shows what the code takes in the end. */
const parts = 8;
/** Unless the first tasks take so many times as long as the others, it is the items that differ. */
const slowerMin = 1.5;
/** A part that takes less than so many times what the code takes in the end is as good as warm. */
const warmBelow = 1.15;

/**
 * Takes the cost of cold code out of what a run measured of a stage. The first tasks on each worker are slow
 * because their code is compiled while it runs; on another worker it is compiled again, so that part
 * belongs to the worker, not to those items. It is what the first eighths of a worker's tasks, one after another
 * until they are as good as warm, took beyond what the later half takes an item.
 * @param model as measured in that run
 * @returns the model with `cold`, the mean over the workers that show it; as it is where none does
 */
export function coldCode(trace: Trace, stage: number, model: Model): Model {
  /** By item: what its tasks took, and would have taken of warm code. */
  const sums = new Map<number, { ms: number; warmMs: number }>();
  const coldMs: number[] = [];
  for (const tasks of tasksByWorker(trace, stage).values()) {
    const warmShares = warmSharesOf(tasks);
    let takenMs = 0;
    tasks.forEach(({ items, ms }, at) => {
      const warmMs = ms * (warmShares[at] ?? 1);
      takenMs += ms - warmMs;
      for (const item of items) {
        const sum = sums.get(item) ?? { ms: 0, warmMs: 0 };
        sum.ms += ms / items.length;
        sum.warmMs += warmMs / items.length;
        sums.set(item, sum);
      }
    });
    if (warmShares.length > 0) coldMs.push(takenMs);
  }
  if (coldMs.length === 0 || !model.phases.some(isListedCpu)) return model;
  const warmShareOf = (item: number): number => {
    const sum = sums.get(item);
    return sum && sum.ms > 0 ? sum.warmMs / sum.ms : 1;
  };
  const phases = model.phases.map((phase) =>
    'cpu' in phase ? { ...phase, cpu: scaledList(phase.cpu, warmShareOf) } : phase,
  );
  return { ...model, phases, cold: coldMs.reduce((sum, ms) => sum + ms) / coldMs.length };
}

interface ColdTask {
  /** Numbers of the source items it was about. */
  items: number[];
  startMs: number;
  /** CPU, without set-up. */
  ms: number;
}

/**
 * What share of its time each of the first tasks would have taken of warm code; empty: it was warm from the start, or
 * nobody can tell.
 * @param tasks of one worker, in the order of their starts
 */
function warmSharesOf(tasks: readonly ColdTask[]): number[] {
  if (tasks.length < tasksMin) return [];
  const partOf = (at: number): readonly ColdTask[] =>
    tasks.slice(
      Math.round((at * tasks.length) / parts),
      Math.round(((at + 1) * tasks.length) / parts),
    );
  const usual = itemMs(tasks.slice(tasks.length / 2));
  if (!(middleMs(partOf(0)) >= slowerMin * middleMs(tasks.slice(tasks.length / parts)))) return [];
  const shares: number[] = [];
  for (let at = 0; at < parts / 2; at++) {
    const part = partOf(at);
    const warmShare = usual / itemMs(part);
    if (!(warmShare < 1 / warmBelow)) break;
    for (const _ of part) shares.push(warmShare);
  }
  return shares;
}

function tasksByWorker(trace: Trace, stage: number): Map<number, ColdTask[]> {
  const { tasks } = trace;
  const found = new Map<number, ColdTask[]>();
  for (let row = 0; row < tasks.count; row++) {
    const worker = tasks.worker[row]!;
    const ran = worker >= 0 && tasks.outcome[row] === Outcome.ok && tasks.memberCount[row]! > 0;
    if (tasks.stage[row] !== stage || !ran) continue;
    const list = found.get(worker) ?? [];
    if (list.length === tasksMax) continue;
    const startMs = tasks.start[row]!;
    const ms = tasks.end[row]! - startMs - tasks.setup[row]! - tasks.waited[row]!;
    if (list.length === 0) found.set(worker, list);
    list.push({ startMs, ms: Math.max(0, ms), items: itemsOf(trace, row) });
  }
  for (const list of found.values()) list.sort((a, b) => a.startMs - b.startMs);
  return found;
}

/** As a model counts them: children by their source item, results of an `all` or `fold` as 0. */
function itemsOf({ tasks, members, items }: Trace, row: number): number[] {
  const numberOf = (item: number): number => {
    const root = rootOf(items, item);
    return items.parent[root] === -2 ? 0 : items.ordinal[root]!;
  };
  const first = tasks.memberStart[row]!;
  if (first < 0) return [numberOf(tasks.item[row]!)];
  const count = tasks.memberCount[row]!;
  return Array.from({ length: count }, (_, at) => numberOf(members.item[first + at]!));
}

const isListedCpu = (phase: Model['phases'][number]): boolean =>
  'cpu' in phase && typeof phase.cpu === 'object' && 'perItem' in phase.cpu;

function scaledList(draw: Draw, shareOf: (item: number) => number): Draw {
  if (typeof draw !== 'object' || !('perItem' in draw)) return draw;
  return { perItem: draw.perItem.map((ms, item) => ms * shareOf(item)) };
}

const sumMs = (tasks: readonly ColdTask[]): number => tasks.reduce((sum, { ms }) => sum + ms, 0);

const itemMs = (tasks: readonly ColdTask[]): number =>
  sumMs(tasks) / tasks.reduce((sum, { items }) => sum + items.length, 0);

/** Of an item. */
const middleMs = (tasks: readonly ColdTask[]): number =>
  medianMs(tasks.map(({ ms, items }) => ms / items.length)) ?? 0;
