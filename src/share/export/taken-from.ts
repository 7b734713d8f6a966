import { Outcome, type Trace } from '../../trace/types.ts';
import { itemsOfTask } from './trace-lanes.ts';

/** What comes after what: a trace itself does not say. */
export type StageOrder = readonly { id: string; after: readonly string[] }[];

/**
 * For each task row the rows whose outputs it took in: what its items ended last before at each of the stages that its own
 * comes after. An item that came from another (a child, a copy) follows what that one came from, the result of an `all`
 * or `fold` the last task of its stage. Of tasks that started and ended at one instant, only those that come before it in
 * `rows` count, so that nothing goes in circles.
 */
export function takenFrom(
  trace: Trace,
  rows: readonly number[],
  order: StageOrder,
): (row: number) => number[] {
  const { tasks, items, meta } = trace;
  const placeOf = new Map(meta.stages.map(({ id }, place) => [id, place]));
  const afterOf = new Map(order.map(({ id, after }) => [id, after]));
  const before = meta.stages.map(({ id }) =>
    (afterOf.get(id) ?? []).flatMap((one) => placeOf.get(one) ?? []),
  );
  const turn = new Int32Array(tasks.count).fill(-1);
  for (const [at, row] of rows.entries()) turn[row] = at;
  /** Stage → item → the rows that passed it on, in the order of their ends. */
  const passed = meta.stages.map(() => new Map<number, number[]>());
  /** Stage → the rows that were done, in the order of their ends. */
  const done = meta.stages.map((): number[] => []);
  for (let row = 0; row < tasks.count; row++) {
    if (turn[row]! < 0 || tasks.outcome[row] !== Outcome.ok) continue;
    const stage = tasks.stage[row]!;
    done[stage]!.push(row);
    const byItem = passed[stage]!;
    for (const item of itemsOfTask(trace, row)) {
      const list = byItem.get(item);
      if (list) list.push(row);
      else byItem.set(item, [row]);
    }
  }
  const lastBefore = (list: readonly number[], row: number): number => {
    const startMs = tasks.start[row]!;
    return list.findLast((from) => tasks.end[from]! <= startMs && turn[from]! < turn[row]!) ?? -1;
  };
  /** Up the lineage of an item until that stage has passed it on. -1: it never did. */
  const fromStage = (item: number, stage: number, row: number): number => {
    for (let at = item; at >= 0; at = items.parent[at]!) {
      const from = lastBefore(passed[stage]!.get(at) ?? [], row);
      if (from >= 0) return from;
      const ordinal = items.ordinal[at]!;
      if (items.parent[at] === -2) return ordinal === stage ? lastBefore(done[stage]!, row) : -1;
      // A copy under `each` comes from one stage; its partners are items of their own.
      if (items.parent[at]! >= 0 && ordinal < 0 && -1 - ordinal !== stage) return -1;
    }
    return -1;
  };
  return (row) => {
    const found = new Set<number>();
    for (const stage of before[tasks.stage[row]!]!) {
      for (const item of itemsOfTask(trace, row)) {
        const from = fromStage(item, stage, row);
        if (from >= 0) found.add(from);
      }
    }
    return [...found];
  };
}
