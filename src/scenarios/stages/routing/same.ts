/**
 * Scan and heap must choose the same pool for every task: where they do not, this item fails. Tells, of all tasks,
 * how many the busiest pool got with each way.
 */
export default function same(
  chosen: Record<'scan' | 'heap' | 'two-choices' | 'stale-heap', number[]>,
) {
  const { scan, heap } = chosen;
  const at = scan.findIndex((pool, task) => pool !== heap[task]);
  if (at >= 0) throw new Error(`The choices differ: ${scan[at]} and ${heap[at]} for task ${at}.`);
  const busiest = Object.entries(chosen).map(([way, pools]) => [way, mostOf(pools)]);
  return { tasks: scan.length, busiest: Object.fromEntries(busiest) as Record<string, number> };
}

function mostOf(pools: readonly number[]): number {
  const tasks = new Map<number, number>();
  for (const pool of pools) tasks.set(pool, (tasks.get(pool) ?? 0) + 1);
  return Math.max(...tasks.values());
}
