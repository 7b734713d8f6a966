import type { TraceBuilder } from '../trace/builder.ts';
import { Fate, type ItemBooks } from '../trace/types.ts';
import { rootOf } from '../trace/item-label.ts';
import type { Plan } from './plan.ts';

/** Fates from best to worst; `Fate`'s own numbers are in this order. */
const fateBits = 3;
const fromSource = -1;
const fateMask = (1 << fateBits) - 1;

/**
 * The books of whole items. A source item (or a result) lives while any branch of it does: a branch is
 * one copy of it (or of a descendant) on one edge or inside one stage.
 */
export class ItemLedger {
  readonly #trace: TraceBuilder;
  /** A row an item: open branches × 8 + worst fate so far. Only roots use theirs. */
  #branches = new Int32Array(256);
  /** Where items were born that did not come from the source; a missing entry: the source. */
  readonly #born = new Map<number, number>();
  readonly #plan: Plan;
  readonly #hasZips: boolean;
  /** Entry s + 1: a 1 for each stage that an item born at s can come out of; entry 0: born at the source. */
  readonly #canBeReached: Uint8Array[] = [];

  constructor(trace: TraceBuilder, plan: Plan) {
    this.#trace = trace;
    this.#plan = plan;
    this.#hasZips = plan.stages.some((stage) => stage.zipped);
  }

  /** A new source item, not admitted yet: one branch is open. */
  sourceItem(number: number, arriveMs: number): number {
    const item = this.#trace.item(-1, number, arriveMs);
    this.#reserve(item);
    this.#branches[item] = 1 << fateBits;
    return item;
  }

  #reserve(item: number): void {
    if (item < this.#branches.length) return;
    const grown = new Int32Array(Math.max(item + 1, this.#branches.length * 2));
    grown.set(this.#branches);
    this.#branches = grown;
  }

  childItem(parent: number, ordinal: number, stage: number, nowMs: number): number {
    const item = this.#trace.item(parent, ordinal, nowMs);
    if (this.#hasZips) this.#born.set(item, stage);
    return item;
  }

  /** The result of an `all` or `fold`: a root with one branch, booked among the results. */
  resultItem(stage: number, nowMs: number): number {
    const item = this.#trace.item(-2, stage, nowMs);
    if (this.#hasZips) this.#born.set(item, stage);
    this.addBranches(item, 1);
    this.#trace.meta.results.emitted++;
    return item;
  }

  /** Could this item still come out of `stage`, going by where it was born? */
  mayComeFrom(item: number, stage: number): boolean {
    const born = this.#born.get(item) ?? fromSource;
    if (born === stage) return true;
    this.#canBeReached[born + 1] ??= reachable(this.#plan, born);
    return this.#canBeReached[born + 1]![stage] === 1;
  }

  addBranches(item: number, count: number): void {
    const root = rootOf(this.#trace.items, item);
    this.#reserve(root);
    this.#branches[root]! += count << fateBits;
  }

  /** One branch has merged into another of the same item. */
  mergeBranch(item: number): void {
    this.#branches[rootOf(this.#trace.items, item)]! -= 1 << fateBits;
  }

  /** One branch has ended. Returns true if it was the last of a source item. */
  endBranch(item: number, fate: Fate, nowMs: number): boolean {
    const { items } = this.#trace;
    const root = rootOf(items, item);
    const before = this.#branches[root]!;
    const worst = Math.max(before & fateMask, fate) as Fate;
    const open = (before >> fateBits) - 1;
    this.#branches[root] = (open << fateBits) | worst;
    return open === 0 && this.#endRoot(root, worst, nowMs);
  }

  #endRoot(root: number, worst: Fate, nowMs: number): boolean {
    const { items, meta } = this.#trace;
    this.#trace.itemEnded(root, nowMs, worst);
    const isSourceItem = items.parent[root] === -1;
    book(isSourceItem ? meta.items : meta.results, worst);
    return isSourceItem;
  }
}

function book(books: ItemBooks, fate: Fate): void {
  if (fate === Fate.delivered) books.delivered++;
  else if (fate === Fate.cancelled) books.cancelled++;
  else if (fate === Fate.dropped) books.dropped++;
  else books.failed++;
}

/** Under its own name an item passes neither `all` and `fold` nor what makes copies. */
function reachable(plan: Plan, born: number): Uint8Array {
  const below = new Uint8Array(plan.stages.length);
  const todo = [...(born === fromSource ? plan.roots : plan.stages[born]!.children)];
  for (let index = todo.pop(); index !== undefined; index = todo.pop()) {
    const stage = plan.stages[index]!;
    if (below[index] === 1 || stage.barrier || stage.copies) continue;
    below[index] = 1;
    todo.push(...stage.children);
  }
  return below;
}
