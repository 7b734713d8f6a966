import { Gate, Outcome, type Trace } from '../trace/types.ts';
import { gateHistories } from './gates.ts';
import { parentsFor } from './item-lineage.ts';

/** One task an item went through. Times in ms of the run's clock. */
export interface ItemStep {
  row: number;
  stage: number;
  attempt: number;
  outcome: Outcome;
  arriveMs: number;
  readyMs: number;
  startMs: number;
  endMs: number;
  leaveMs: number;
  /** How long it waited for what before it started. */
  waits: { for: 'item' | 'permit' | 'limit' | 'worker' | 'paused'; ms: number }[];
}

/**
 * The tasks of an item, of what it came from and of what it became (children, batches, the result it went
 * into), by start. What went into a result is told only as far as the stage that took it in: else it would
 * be everything. O(tasks + items): ask for one at a time.
 */
export function itemHistory(trace: Trace, item: number): ItemStep[] {
  const { tasks, members } = trace;
  const related = relatedItems(trace, item);
  const takenInBy = trace.items.parent[item] === -2 ? trace.items.ordinal[item]! : -1;
  const gates = gateHistories(trace);
  const steps: ItemStep[] = [];
  for (let row = 0; row < tasks.count; row++) {
    const first = tasks.memberStart[row]!;
    const stage = tasks.stage[row]!;
    const own = tasks.item[row]!;
    let arriveMs = tasks.arrive[row]!;
    let takesPart = stage === takenInBy || (first < 0 && own >= 0 && related[own] === 1);
    for (let member = first; first >= 0 && member < first + tasks.memberCount[row]!; member++) {
      if (related[members.item[member]!] === 0) continue;
      takesPart = true;
      arriveMs = members.arrive[member]!;
      break;
    }
    if (!takesPart) continue;
    const hit = tasks.outcome[row] === Outcome.hit;
    const readyMs = tasks.ready[row]!;
    const startMs = tasks.worker[row]! < 0 && !hit ? tasks.leave[row]! : tasks.start[row]!;
    const shut = (gate: Gate) => gates[stage]!.shutMs(gate, readyMs, startMs);
    const known = hit ? 0 : shut(Gate.permit) + shut(Gate.limit) + shut(Gate.paused);
    const waits: ItemStep['waits'] = [
      { for: 'item', ms: readyMs - arriveMs },
      { for: 'permit', ms: hit ? 0 : shut(Gate.permit) },
      { for: 'limit', ms: hit ? 0 : shut(Gate.limit) },
      { for: 'worker', ms: hit ? 0 : startMs - readyMs - known },
      { for: 'paused', ms: hit ? 0 : shut(Gate.paused) },
    ];
    steps.push({
      row,
      stage,
      attempt: tasks.attempt[row]!,
      outcome: tasks.outcome[row]! as Outcome,
      arriveMs,
      readyMs,
      startMs,
      endMs: tasks.end[row]!,
      leaveMs: tasks.leave[row]!,
      waits: waits.filter((wait) => wait.ms > 1e-9),
    });
  }
  return steps.sort((a, b) => a.startMs - b.startMs || a.leaveMs - b.leaveMs);
}

/** 1 by item row: what it descends from, it itself, what descends from it, and the results it went into. */
function relatedItems(trace: Trace, item: number): Uint8Array {
  const { tasks, members, items } = trace;
  const related = new Uint8Array(items.count);
  related[item] = 1;
  const resultOf = new Map<number, number>();
  for (let row = 0; row < items.count; row++)
    if (items.parent[row] === -2) resultOf.set(items.ordinal[row]!, row);
  let isWider = true;
  while (isWider) {
    isWider = false;
    // A child comes into being after its parent, so its row is behind.
    for (let row = 0; row < items.count; row++)
      if (items.parent[row]! >= 0 && related[items.parent[row]!] === 1) related[row] = 1;
    for (let row = 0; resultOf.size > 0 && row < tasks.count; row++) {
      const result = resultOf.get(tasks.stage[row]!);
      if (result === undefined || related[result] === 1) continue;
      const first = tasks.memberStart[row]!;
      let wentIn = tasks.item[row]! >= 0 && related[tasks.item[row]!] === 1;
      for (let m = first; first >= 0 && !wentIn && m < first + tasks.memberCount[row]!; m++)
        wentIn = related[members.item[m]!] === 1;
      if (!wentIn) continue;
      related[result] = 1;
      isWider = true;
    }
  }
  for (let row = items.parent[item]!; row >= 0; row = items.parent[row]!) related[row] = 1;
  return related;
}

/**
 * Which of the steps took in the output of each: indices into `steps`, by index.
 *
 * @param parents of each stage, by stage index.
 */
export function fedBy(
  { tasks, members, items }: Trace,
  steps: readonly ItemStep[],
  parents: readonly (readonly number[])[],
): number[][] {
  const feeds: number[][] = steps.map(() => []);
  /** By stage: the step whose output for that item went on. */
  const putOut = new Map<number, Map<number, number>>();
  const itemsOf = ({ row }: ItemStep): number[] => {
    const first = tasks.memberStart[row]!;
    const own = tasks.item[row]! >= 0 ? [tasks.item[row]!] : [];
    if (first < 0) return own;
    return [...own, ...members.item.subarray(first, first + tasks.memberCount[row]!)];
  };
  steps.forEach((step, index) => {
    if (step.outcome !== Outcome.ok && step.outcome !== Outcome.hit) return;
    let own = putOut.get(step.stage);
    if (!own) putOut.set(step.stage, (own = new Map()));
    for (const item of itemsOf(step)) own.set(item, index);
  });
  steps.forEach((step, index) => {
    for (const input of itemsOf(step)) {
      for (const parent of parentsFor([...(parents[step.stage] ?? [])], items, input)) {
        for (let item = input; item >= 0; item = items.parent[item]!) {
          const from = putOut.get(parent)?.get(item);
          if (from === undefined || from === index) continue;
          if (!feeds[from]!.includes(index)) feeds[from]!.push(index);
          break;
        }
      }
    }
  });
  return feeds;
}
