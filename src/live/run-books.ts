import type { RunReport } from '../engine/runner.ts';
import type { ItemBooks } from '../trace/types.ts';

const ended = (books: ItemBooks): number =>
  books.delivered + books.failed + books.dropped + books.cancelled;

/** Every item is accounted for at the end of every run; a report in which one is not says so. */
export function noteUnbalanced(report: RunReport): void {
  const { items, results, ended: how } = report.trace.meta;
  // A frame that died left its items where they were.
  if (report.error || how === 'failed' || how === 'stopped') return;
  for (const books of [items, results]) {
    if (books.emitted === ended(books)) continue;
    const message = `The books do not balance: ${books.emitted} items came in, ${books.delivered} were delivered, ${books.failed} failed, ${books.dropped} were dropped, ${books.cancelled} cancelled. This is a bug in Millrace.`;
    report.error = { message };
    return;
  }
}
