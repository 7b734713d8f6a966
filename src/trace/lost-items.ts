import { Mark, type MarkColumns } from './types.ts';

/**
 * Rows of the marks that tell of an item lost at a stage, each item once: the halves of an item at a zip of more than
 * two parents are let go one by one, each with a mark of its own.
 */
export function lostItems(marks: MarkColumns): number[] {
  const rows: number[] = [];
  /** Items orphaned before, each with its stage. */
  const orphans = new Set<number>();
  for (let mark = 0; mark < marks.count; mark++) {
    const kind = marks.kind[mark]!;
    if (kind === Mark.orphaned) {
      const orphan = marks.stage[mark]! * 2 ** 31 + marks.item[mark]!;
      if (orphans.has(orphan)) continue;
      orphans.add(orphan);
    } else if (kind !== Mark.dropNewest && kind !== Mark.dropOldest) continue;
    rows.push(mark);
  }
  return rows;
}
