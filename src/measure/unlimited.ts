import type { Pipeline } from '../pipeline/types.ts';
import { rootOf } from '../trace/item-label.ts';
import type { Trace } from '../trace/types.ts';
import { parentsFor } from './item-lineage.ts';
import { rowsByStage, stageGraph } from './stage-order.ts';

export interface UnlimitedRun {
  /** When the last task would have ended, ms. */
  endMs: number;
  /** The row that would have ended last; -1 of an empty run. */
  lastRow: number;
}

/**
 * When the tasks of a trace would have ended with endless cores, workers, permits and room: each starts
 * once its inputs are there. Its end is the critical path. `serviceMs` is what each row takes. With
 * `arrivals` source items come when they came, else all at 0.
 */
export function unlimitedRun(
  trace: Trace,
  pipeline: Pipeline,
  serviceMs: Float64Array,
  arrivals: boolean,
): UnlimitedRun {
  const { tasks, members, items } = trace;
  const { parents, order } = stageGraph(pipeline);
  const rows = rowsByStage(pipeline.stages.length, tasks);
  /** When (stage, item) is put out; NaN: not. */
  const putOut: Float64Array[] = [];
  const stageEnd = new Float64Array(pipeline.stages.length);
  const result: UnlimitedRun = { endMs: 0, lastRow: -1 };

  const arrival = (item: number) => (arrivals ? items.arrive[rootOf(items, item)]! : 0);
  /** When what `item` descends from left `parent`. */
  const fromParent = (parent: number, item: number): number => {
    for (let row = item; row >= 0; row = items.parent[row]!) {
      const at = putOut[parent]?.[row] ?? NaN;
      if (!Number.isNaN(at)) return at;
      if (items.parent[row] === -2) return stageEnd[items.ordinal[row]!] ?? 0;
    }
    return 0;
  };
  const inputAt = (stage: number, item: number): number => {
    if (parents[stage]!.length === 0) return arrival(item);
    let at = 0;
    for (const parent of parentsFor(parents[stage]!, items, item)) {
      at = Math.max(at, fromParent(parent, item));
    }
    return at;
  };

  for (const stage of order) {
    const { join } = pipeline.stages[stage]!;
    const gathers = join === 'all' || join === 'fold';
    const out = (putOut[stage] = new Float64Array(items.count).fill(NaN));
    let foldedAt = 0;
    for (const row of rows[stage]!) {
      const item = tasks.item[row]!;
      const first = tasks.memberStart[row]!;
      let readyAt = 0;
      if (first >= 0) {
        for (let member = first; member < first + tasks.memberCount[row]!; member++) {
          readyAt = Math.max(readyAt, inputAt(stage, members.item[member]!));
        }
      } else if (
        item >= 0 &&
        !(gathers && items.parent[item] === -2 && items.ordinal[item] === stage)
      ) {
        readyAt = inputAt(stage, item);
      }
      if (join === 'all')
        for (const parent of parents[stage]!) readyAt = Math.max(readyAt, stageEnd[parent]!);
      // Earlier attempts, and earlier steps of a fold, come first.
      const before = join === 'fold' ? foldedAt : item >= 0 ? out[item]! : NaN;
      if (before > readyAt) readyAt = before;
      const endAt = readyAt + serviceMs[row]!;
      foldedAt = endAt;
      stageEnd[stage] = Math.max(stageEnd[stage]!, endAt);
      if (first >= 0 && join !== 'all') {
        for (let member = first; member < first + tasks.memberCount[row]!; member++)
          out[members.item[member]!] = endAt;
      } else if (item >= 0) out[item] = endAt;
      if (endAt > result.endMs || result.lastRow < 0) {
        result.endMs = Math.max(result.endMs, endAt);
        result.lastRow = row;
      }
    }
  }
  return result;
}
