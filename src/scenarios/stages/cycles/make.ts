interface Wanted {
  n: number;
  /** A row in which each task needs the one before it; else each needs up to three of the tasks before it. */
  isRow?: boolean;
  /** The first task needs the last one as well. */
  isCyclic?: boolean;
}

/** A seeded graph of tasks by name: each names the tasks it needs. */
export default function make({ n, isRow = false, isCyclic = false }: Wanted, ctx: StageContext) {
  const nameOf = (task: number) => `task-${task}`;
  const needs: Record<string, string[]> = {};
  for (let task = 0; task < n; task++) {
    const some = new Set(isRow && task > 0 ? [task - 1] : []);
    if (!isRow && task > 0) for (let i = 0; i < 3; i++) some.add(Math.floor(task * ctx.random()));
    if (isCyclic && task === 0) some.add(n - 1);
    needs[nameOf(task)] = [...some].sort((a, b) => b - a).map(nameOf);
  }
  return { n, needs };
}
