interface Graph {
  times: number;
  /** before[t]: the tasks that must be done before task t. */
  before: number[][];
}

/** In every pass it asks each task that is left whether all it needs is done. */
export default function sort({ times, before }: Graph): number[][] {
  let rounds: number[][] = [];
  for (let i = 0; i < times; i++) rounds = roundsOf(before);
  return rounds;
}

function roundsOf(before: Graph['before']): number[][] {
  const done = new Set<number>();
  let left = before.map((_, task) => task);
  const rounds: number[][] = [];
  while (left.length > 0) {
    const ready = left.filter((task) => before[task]!.every((other) => done.has(other)));
    if (ready.length === 0) throw new Error(`These tasks wait for each other: ${left.join(', ')}.`);
    for (const task of ready) done.add(task);
    left = left.filter((task) => !done.has(task));
    rounds.push(ready);
  }
  return rounds;
}
