import type { Recording } from './recorded-spans.ts';

/** A graph of more is no picture any longer, and each is looked at for circles. */
const edgesMax = 5000;

/**
 * For each group of spans the groups that come right before it, by the arrows between their spans. Where arrows lead in a
 * circle the fewest of them are not followed, so that what is left is a graph of stages.
 */
export function edgesOf({ arrows }: Recording, groups: readonly (readonly number[])[]): number[][] {
  const groupOf = new Map<number, number>();
  groups.forEach((members, group) => members.forEach((at) => groupOf.set(at, group)));
  const counts = new Map<number, number>();
  for (const [from, to] of arrows) {
    const [one, two] = [groupOf.get(from)!, groupOf.get(to)!];
    if (one === two) continue;
    const key = one * groups.length + two;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const before: number[][] = groups.map(() => []);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, edgesMax);
  for (const [key] of ranked) {
    const [from, to] = [Math.floor(key / groups.length), key % groups.length];
    if (!reaches(before, to, from)) before[to]!.push(from);
  }
  return before.map((list) => list.sort((a, b) => a - b));
}

/** Whether `from` comes somewhere before `to`. */
function reaches(before: readonly number[][], from: number, to: number): boolean {
  const seen = new Set([to]);
  for (const at of seen) {
    if (at === from) return true;
    for (const parent of before[at]!) seen.add(parent);
  }
  return false;
}
