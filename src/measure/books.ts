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
  const { items, meta } = trace;
  const isGivenUp = meta.ended !== 'done' && meta.ended !== 'running';
  for (let item = 0; item < items.count; item++) {
    if (items.parent[item] !== parent) continue;
    const fate = items.fate[item];
    // What had come to the source when the run was given up, and was still to be let in, was never emitted.
    if (fate !== Fate.underWay || !isGivenUp) books.emitted++;
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
    // Answered without a worker; its outputs may have found no room until the run was given up.
    if (tasks.worker[row]! < 0) count.cacheHits++;
    const first = tasks.memberStart[row]!;
    // A batch goes by its first item, and each of its items is tried again for itself; a result of `all` goes
    // by its own, and is tried again as one, whatever it took in.
    const isBatch = tasks.memberCount[row]! > 0 && members.item[first] === tasks.item[row];
    if (first < 0 || !isBatch) {
      if (tasks.outcome[row] === Outcome.retried) count.retried++;
      continue;
    }
    for (let member = first; member < first + tasks.memberCount[row]!; member++) {
      if (members.outcome[member] === Outcome.retried) count.retried++;
    }
  }
  /** Halves of one item are let go one by one where a zip has more than two parents: that is one item lost. */
  const orphans = meta.stages.map(() => new Set<number>());
  for (let mark = 0; mark < marks.count; mark++) {
    const kind = marks.kind[mark];
    const stage = marks.stage[mark]!;
    if (kind === Mark.orphaned) orphans[stage]!.add(marks.item[mark]!);
    else if (kind === Mark.dropNewest || kind === Mark.dropOldest) counts[stage]!.dropped++;
  }
  orphans.forEach((items, stage) => (counts[stage]!.dropped += items.size));
  return counts;
}
