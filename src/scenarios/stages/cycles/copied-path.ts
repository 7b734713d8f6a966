interface Graph {
  needs: Record<string, string[]>;
}

/** Every step down gets a path of its own, a copy of the one so far. All of them are kept until it returns. */
export default function find({ needs }: Graph) {
  const seen = new Set<string>();
  let copied = 0;
  let cost = 0;

  function cycleFrom(task: string, above: readonly string[]): string[] | null {
    const at = above.indexOf(task);
    if (at >= 0) return above.slice(at);
    if (seen.has(task)) return null;
    seen.add(task);
    const path = [...above, task];
    copied += path.length;
    cost = Math.max(cost, copied);
    for (const needed of needs[task]!) {
      const cycle = cycleFrom(needed, path);
      if (cycle) return cycle;
    }
    copied -= path.length;
    return null;
  }

  // The last tasks need the others, so the deepest paths begin there.
  for (const task of Object.keys(needs).reverse()) {
    const cycle = cycleFrom(task, []);
    if (cycle) return { cycle, cost };
  }
  return { cycle: null, cost };
}
