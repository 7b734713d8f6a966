interface Graph {
  times: number;
  /** before[t]: the tasks that must be done before task t. */
  before: number[][];
}

/** Counts once what each task still waits for, and counts down as tasks get done (Kahn's algorithm). */
export default function sort({ times, before }: Graph): number[][] {
  let rounds: number[][] = [];
  for (let i = 0; i < times; i++) rounds = roundsOf(before);
  return rounds;
}

function roundsOf(before: Graph['before']): number[][] {
  const waitsFor = before.map((needed) => needed.length);
  const after: number[][] = before.map(() => []);
  before.forEach((needed, task) => {
    for (const other of needed) after[other]!.push(task);
  });
  const rounds: number[][] = [];
  let ready = before.map((_, task) => task).filter((task) => waitsFor[task] === 0);
  let sorted = 0;
  while (ready.length > 0) {
    rounds.push(ready);
    sorted += ready.length;
    const next: number[] = [];
    for (const task of ready) {
      for (const later of after[task]!) if (--waitsFor[later]! === 0) next.push(later);
    }
    ready = next.sort((a, b) => a - b);
  }
  if (sorted < before.length) {
    const left = before.map((_, task) => task).filter((task) => waitsFor[task]! > 0);
    throw new Error(`These tasks wait for each other: ${left.join(', ')}.`);
  }
  return rounds;
}
