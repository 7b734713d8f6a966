import type { RunReport } from '../engine/runner.ts';
import type { TraceBuilder } from '../trace/builder.ts';
import { Fate, type ItemBooks } from '../trace/types.ts';

const ended = (books: ItemBooks): number =>
  books.delivered + books.failed + books.dropped + books.cancelled;

/**
 * A run that broke off leaves items where they were: those inside are booked as cancelled, so that every item
 * is accounted for.
 */
export function bookInside(trace: TraceBuilder): void {
  const { meta, items } = trace;
  for (const books of [meta.items, meta.results]) {
    books.cancelled += Math.max(0, books.emitted - ended(books));
  }
  for (const stage of meta.stages) {
    stage.cancelled += stage.inside;
    stage.inside = 0;
  }
  for (let item = 0; item < items.count; item++) {
    const isBooked = items.parent[item]! < 0;
    if (isBooked && items.fate[item] === Fate.underWay) {
      trace.itemEnded(item, meta.makespan, Fate.cancelled);
    }
  }
}

/** Every item is accounted for at the end of every run; a report in which one is not says so. */
export function noteUnbalanced(report: RunReport): void {
  const { items, results } = report.trace.meta;
  if (report.error) return;
  for (const books of [items, results]) {
    if (books.emitted === ended(books)) continue;
    const message = `The books do not balance: ${books.emitted} items came in, ${books.delivered} were delivered, ${books.failed} failed, ${books.dropped} were dropped, ${books.cancelled} cancelled. This is a bug in Millrace.`;
    report.error = { message };
    return;
  }
}
