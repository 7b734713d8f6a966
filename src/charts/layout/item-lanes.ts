import { itemLabel } from '../../trace/item-label.ts';
import { lostItems } from '../../trace/lost-items.ts';
import { Outcome, type Trace } from '../../trace/types.ts';
import { alignItems, itemOrder, type ItemPairs } from './item-order.ts';
import { placeItemLanes } from './item-rows.ts';
import { emptyLane, instants, pick, type LaneGroup, type ScheduleModel } from './schedule-lanes.ts';
import type { LanePlacement } from './schedule-rows.ts';
import type { ScheduleInput } from './schedule.ts';
import { SpanLane } from './span-lane.ts';

/** @param hidden stages that are left out, by index. */
export function buildItemSchedule(trace: Trace, hidden: ReadonlySet<number>): ScheduleModel {
  return { trace, by: 'item', groups: [], items: new ItemLanes(trace, hidden) };
}

/** As many lanes as fit on any screen, twice. */
const lanesKept = 512;
const noItems = new Int32Array(0);

/**
 * A lane for each item. There may be hundreds of thousands: what is kept of them all is which tasks each
 * took part in, and the lanes themselves are made when they are seen.
 *
 * A batch stands in the lane of each of its members; the one task of an `all` in the lane of its result,
 * as it would otherwise stand in every lane there is.
 */
export class ItemLanes {
  /** How many tasks of one item were open at once at the most: an item has as many sub-lanes. */
  readonly subs: number;
  /** Item rows that have a lane, in the order of the lanes. */
  readonly order: Int32Array;
  private readonly trace: Trace;
  /** rows[first[i] … first[i + 1]): the tasks of item i by start; sub: which of its lanes each is in. */
  private readonly first: Int32Array;
  private readonly rows: Int32Array;
  private readonly sub: Uint16Array;
  /** Rows of `marks` by item: items that were dropped. */
  private readonly drops: ReadonlyMap<number, number[]>;
  private readonly made = new Map<number, LaneGroup>();
  private aligned: { ghost: ItemLanes | null; pairs: ItemPairs } | null = null;

  constructor(trace: Trace, hidden: ReadonlySet<number>) {
    this.trace = trace;
    const found = tasksByItem(trace, hidden);
    this.first = found.first;
    this.rows = found.rows;
    this.drops = dropsByItem(trace, hidden);
    const { sub, subs } = packTasks(trace, this.first, this.rows);
    this.sub = sub;
    this.subs = subs;
    const { first, drops } = this;
    this.order = itemOrder(trace.items).filter(
      (item) => first[item + 1]! > first[item]! || drops.has(item),
    );
  }

  place(input: ScheduleInput): LanePlacement {
    return placeItemLanes(input, this);
  }

  /** Both models' lanes in one order; a ghost of null: just this one's. */
  alignedWith(ghost: ItemLanes | null): ItemPairs {
    if (this.aligned?.ghost !== ghost || this.aligned === null) {
      const ghostItems = ghost?.trace.items ?? null;
      const order = ghost?.order ?? noItems;
      const pairs = alignItems(this.trace.items, this.order, ghostItems, order);
      this.aligned = { ghost, pairs };
    }
    return this.aligned.pairs;
  }

  /** Where an item of this model stands among all lanes, as they were last aligned; -1: nowhere. */
  placeOf(item: number): number {
    return this.aligned?.pairs.laneOf[item] ?? -1;
  }

  get placeCount(): number {
    return this.aligned?.pairs.count ?? 0;
  }

  /** The lane of one item. */
  group(item: number): LaneGroup {
    let group = this.made.get(item);
    if (group === undefined) {
      if (this.made.size >= lanesKept) this.made.clear();
      this.made.set(item, (group = this.make(item)));
    }
    return group;
  }

  private make(item: number): LaneGroup {
    const { tasks, marks } = this.trace;
    const own = { lanes: [] as number[][], hits: [] as number[], troubled: [] as number[] };
    for (let sub = 0; sub < this.subs; sub++) own.lanes.push([]);
    for (let at = this.first[item]!; at < this.first[item + 1]!; at++) {
      const row = this.rows[at]!;
      if (tasks.outcome[row] === Outcome.hit) {
        own.hits.push(row);
        continue;
      }
      if (tasks.outcome[row] !== Outcome.ok) own.troubled.push(row);
      if (tasks.worker[row]! >= 0) own.lanes[this.sub[at]!]!.push(row);
    }
    const columns = (rows: number[], time: Float64Array) =>
      instants(
        Int32Array.from(rows).sort((a, b) => time[a]! - time[b]!),
        time,
      );
    return {
      id: item,
      label: itemLabel(this.trace, item),
      lanes: own.lanes.map((list) => {
        const rows = Int32Array.from(list);
        return new SpanLane(rows, pick(rows, tasks.start), pick(rows, tasks.leave));
      }),
      blocked: emptyLane(),
      hits: columns(own.hits, tasks.leave),
      troubled: columns(own.troubled, tasks.end),
      drops: columns(this.drops.get(item) ?? [], marks.time),
    };
  }
}

/** Calls back with each item in whose lane a task stands. */
function eachLane(trace: Trace, row: number, add: (item: number, row: number) => void): void {
  const { tasks, members, items } = trace;
  const item = tasks.item[row]!;
  const first = tasks.memberStart[row]!;
  const isResult =
    item >= 0 && items.parent[item] === -2 && items.ordinal[item] === tasks.stage[row];
  if (first < 0 || isResult) {
    if (item >= 0) add(item, row);
    return;
  }
  for (let m = first; m < first + tasks.memberCount[row]!; m++) add(members.item[m]!, row);
}

function tasksByItem(trace: Trace, hidden: ReadonlySet<number>) {
  const { tasks, items } = trace;
  const first = new Int32Array(items.count + 1);
  const each = (add: (item: number, row: number) => void): void => {
    for (let row = 0; row < tasks.count; row++) {
      if (hidden.size > 0 && hidden.has(tasks.stage[row]!)) continue;
      eachLane(trace, row, add);
    }
  };
  each((item) => void first[item + 1]!++);
  for (let item = 0; item < items.count; item++) first[item + 1]! += first[item]!;
  const rows = new Int32Array(first[items.count]!);
  const filled = first.slice(0, items.count);
  each((item, row) => void (rows[filled[item]!++] = row));
  return { first, rows };
}

/** Sorts the tasks of each item by start and puts those that overlap beside each other. */
function packTasks({ tasks, items }: Trace, first: Int32Array, rows: Int32Array) {
  const { start, leave, worker } = tasks;
  const sub = new Uint16Array(rows.length);
  const freeAt: number[] = [];
  let subs = 1;
  for (let item = 0; item < items.count; item++) {
    const [from, to] = [first[item]!, first[item + 1]!];
    for (let i = from + 1; i < to; i++) {
      const row = rows[i]!;
      let place = i;
      for (; place > from && start[rows[place - 1]!]! > start[row]!; place--)
        rows[place] = rows[place - 1]!;
      rows[place] = row;
    }
    freeAt.length = 0;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (worker[row]! < 0) continue;
      let lane = 0;
      while (lane < freeAt.length && freeAt[lane]! > start[row]!) lane++;
      freeAt[lane] = leave[row]!;
      sub[i] = lane;
    }
    if (freeAt.length > subs) subs = freeAt.length;
  }
  return { sub, subs };
}

function dropsByItem({ marks }: Trace, hidden: ReadonlySet<number>): Map<number, number[]> {
  const drops = new Map<number, number[]>();
  for (const mark of lostItems(marks)) {
    const item = marks.item[mark]!;
    if (hidden.has(marks.stage[mark]!)) continue;
    const own = drops.get(item);
    if (own) own.push(mark);
    else drops.set(item, [mark]);
  }
  return drops;
}
