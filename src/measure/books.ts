import { Fate, Mark, Outcome, type Books, type ItemBooks, type Trace } from '../trace/types.ts';

/**
 * Checks that nothing was lost, without trusting the scheduler's own count: the fates of the items, the
 * outcomes of the task rows and the marks are counted again and held against the books. Returns a
 * sentence for each thing that does not balance; none: all is well.
 */
export function checkBooks(trace: Trace): string[] {
  const problems: string[] = [];
  const { meta } = trace;
  const running = meta.ended === 'running';
  checkItems(problems, 'The run', meta.items, countFates(trace, -1), running);
  checkItems(problems, 'The results of joins', meta.results, countFates(trace, -2), running);
  const counted = countRows(trace);
  meta.stages.forEach((stage, index) => {
    const of = `Stage "${stage.id}"`;
    const sum = stage.delivered + stage.failed + stage.dropped + stage.cancelled + stage.inside;
    if (stage.received !== sum) {
      problems.push(`${of} received ${stage.received} items but accounts for ${sum}.`);
    }
    if (!running && stage.inside !== 0) {
      problems.push(`${of} still holds ${stage.inside} items after the end.`);
    }
    for (const [name, value] of Object.entries(stage) as [keyof Books, unknown][]) {
      if (typeof value === 'number' && name !== 'inside' && value < 0) {
        problems.push(`${of} counts ${value} items as ${name}.`);
      }
    }
    const own = counted[index]!;
    for (const name of ['cacheHits', 'retried', 'dropped'] as const) {
      if (own[name] === stage[name]) continue;
      problems.push(
        `${of} reports ${stage[name]} as ${words[name]}, but its record shows ${own[name]}.`,
      );
    }
  });
  return problems;
}

const words = { cacheHits: 'cache hits', retried: 'retried', dropped: 'dropped' };

function checkItems(
  problems: string[],
  of: string,
  books: ItemBooks,
  fates: ItemBooks,
  running: boolean,
): void {
  const sum = books.delivered + books.failed + books.dropped + books.cancelled;
  if (running ? sum > books.emitted : sum !== books.emitted) {
    problems.push(`${of} brought ${books.emitted} items but accounts for ${sum}.`);
  }
  for (const name of ['emitted', 'delivered', 'failed', 'dropped', 'cancelled'] as const) {
    if (books[name] === fates[name]) continue;
    problems.push(
      `${of} counts ${books[name]} items as ${name}, but the record shows ${fates[name]}.`,
    );
  }
}

function countFates(trace: Trace, parent: number): ItemBooks {
  const books: ItemBooks = { emitted: 0, delivered: 0, failed: 0, dropped: 0, cancelled: 0 };
  const { items } = trace;
  for (let item = 0; item < items.count; item++) {
    if (items.parent[item] !== parent) continue;
    books.emitted++;
    const fate = items.fate[item];
    if (fate === Fate.delivered) books.delivered++;
    else if (fate === Fate.failed) books.failed++;
    else if (fate === Fate.dropped) books.dropped++;
    else if (fate === Fate.cancelled) books.cancelled++;
  }
  return books;
}

function countRows(trace: Trace): { cacheHits: number; retried: number; dropped: number }[] {
  const { tasks, members, marks, meta } = trace;
  const counts = meta.stages.map(() => ({ cacheHits: 0, retried: 0, dropped: 0 }));
  for (let row = 0; row < tasks.count; row++) {
    const count = counts[tasks.stage[row]!]!;
    if (tasks.outcome[row] === Outcome.hit) count.cacheHits++;
    const first = tasks.memberStart[row]!;
    if (first < 0) {
      if (tasks.outcome[row] === Outcome.retried) count.retried++;
      continue;
    }
    for (let member = first; member < first + tasks.memberCount[row]!; member++) {
      if (members.outcome[member] === Outcome.retried) count.retried++;
    }
  }
  for (let mark = 0; mark < marks.count; mark++) {
    const kind = marks.kind[mark];
    const dropped = kind === Mark.dropNewest || kind === Mark.dropOldest || kind === Mark.orphaned;
    const count = counts[marks.stage[mark]!];
    if (dropped && count) count.dropped++;
  }
  return counts;
}
