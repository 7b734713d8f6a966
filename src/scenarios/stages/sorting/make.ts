interface Wanted {
  n: number;
  times: number;
  /** Chance that a task needs one of the tasks before it; or so many of them, drawn at random. */
  chance?: number;
  needs?: number;
}

/** A seeded graph of so many tasks: each names the tasks that must be done before it. No cycle: they come earlier. */
export default function make({ n, times, chance = 0, needs }: Wanted, ctx: StageContext) {
  const before = Array.from({ length: n }, (_, task) => {
    if (needs === undefined) return drawn(task, () => ctx.random() < chance);
    const some = new Set<number>();
    while (some.size < Math.min(needs, task)) some.add(Math.floor(task * ctx.random()));
    return [...some].sort((a, b) => a - b);
  });
  return { n, times, before };
}

function drawn(task: number, isNeeded: () => boolean): number[] {
  return Array.from({ length: task }, (_, other) => other).filter(isNeeded);
}
