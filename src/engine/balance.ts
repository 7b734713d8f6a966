import { assert } from '../base/assert.ts';
import type { State } from './state.ts';

/** Every item is somewhere, and at the end nowhere but in one of the four columns. */
export function assertBalanced({ stages, trace }: State): void {
  for (const { books } of stages) {
    const out = books.delivered + books.failed + books.dropped + books.cancelled;
    assert(
      books.received === out + books.inside && books.inside === 0,
      `the books of stage ${books.id} do not balance: ${JSON.stringify(books)}`,
    );
  }
  for (const books of [trace.meta.items, trace.meta.results]) {
    const out = books.delivered + books.failed + books.dropped + books.cancelled;
    assert(books.emitted === out, `the books do not balance: ${JSON.stringify(books)}`);
  }
}
