import type { Pipeline } from '../pipeline/types.ts';
import { rootOf } from '../trace/item-label.ts';
import type { Trace } from '../trace/types.ts';
import { parentsFor } from './item-lineage.ts';
import { rowsByStage, stageGraph } from './stage-order.ts';

/**
 * The least time that source items must be in flight, summed, ms: for each the longest chain of its own
 * tasks, as if no other item were there. What an `all` or `fold` takes in is no longer in flight, and a
 * result never was.
 */
export function itemStays(trace: Trace, pipeline: Pipeline, serviceMs: Float64Array): number {
  const { tasks, members, items } = trace;
  const { parents, order } = stageGraph(pipeline);
  const rows = rowsByStage(pipeline.stages.length, tasks);
  const stay: Float64Array[] = [];
  const longest = new Float64Array(items.count);
  const inputAfter = (stage: number, item: number): number => {
    let after = 0;
    for (const parent of parentsFor(parents[stage]!, items, item)) {
      for (let row = item; row >= 0; row = items.parent[row]!) {
        const own = stay[parent]?.[row] ?? NaN;
        if (Number.isNaN(own)) continue;
        after = Math.max(after, own);
        break;
      }
    }
    return after;
  };
  for (const stage of order) {
    const own = (stay[stage] = new Float64Array(items.count).fill(NaN));
    const { join } = pipeline.stages[stage]!;
    if (join === 'all' || join === 'fold') continue;
    const add = (item: number, ms: number) => {
      const before = Number.isNaN(own[item]!) ? inputAfter(stage, item) : own[item]!;
      own[item] = before + ms;
      const root = rootOf(items, item);
      if (items.parent[root] === -1) longest[root] = Math.max(longest[root]!, own[item]!);
    };
    for (const row of rows[stage]!) {
      const first = tasks.memberStart[row]!;
      if (first < 0) add(tasks.item[row]!, serviceMs[row]!);
      const last = first + tasks.memberCount[row]!;
      for (let m = first; first >= 0 && m < last; m++) add(members.item[m]!, serviceMs[row]!);
    }
  }
  return longest.reduce((sum, ms) => sum + ms, 0);
}
