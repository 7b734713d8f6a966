interface Graph {
  needs: Record<string, string[]>;
}

/** One path for all: a step down adds to it, the step back takes away again (backtracking). */
export default function find({ needs }: Graph) {
  const seen = new Set<string>();
  const path: string[] = [];
  let cost = 0;

  function cycleFrom(task: string): string[] | null {
    const at = path.indexOf(task);
    if (at >= 0) return path.slice(at);
    if (seen.has(task)) return null;
    seen.add(task);
    path.push(task);
    cost = Math.max(cost, path.length);
    for (const needed of needs[task]!) {
      const cycle = cycleFrom(needed);
      if (cycle) return cycle;
    }
    path.pop();
    return null;
  }

  for (const task of Object.keys(needs).reverse()) {
    const cycle = cycleFrom(task);
    if (cycle) return { cycle, cost };
  }
  return { cycle: null, cost };
}
