/**
 * Readers of the published formats that share nothing with the product's importers: what the tests hold
 * schedules against. All problems become the same one: tasks with durations, predecessors, and demands on
 * renewable resources.
 */
export interface PublishedProblem {
  durations: number[];
  /** Of task i: the tasks that must have ended. */
  predecessors: number[][];
  /** Of task i: units of each resource. */
  demands: number[][];
  capacities: number[];
}

const numbersOf = (text: string): number[] => (text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

/** A task graph on `processors` identical processors, the one resource; zero-time tasks need none. */
export function readStg(text: string, processors: number): PublishedProblem {
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map(numbersOf)
    .slice(1);
  return {
    durations: rows.map((row) => row[1]!),
    predecessors: rows.map((row) => row.slice(3)),
    demands: rows.map((row) => [row[1]! > 0 ? 1 : 0]),
    capacities: [processors],
  };
}

export function readJobShop(text: string): PublishedProblem {
  const [jobs, machines, ...rest] = numbersOf(text) as [number, number, ...number[]];
  const problem: PublishedProblem = {
    durations: [],
    predecessors: [],
    demands: [],
    capacities: new Array<number>(machines).fill(1),
  };
  for (let job = 0; job < jobs; job++) {
    for (let place = 0; place < machines; place++) {
      const at = 2 * (job * machines + place);
      const demand = new Array<number>(machines).fill(0);
      demand[rest[at]!] = 1;
      problem.demands.push(demand);
      problem.durations.push(rest[at + 1]!);
      problem.predecessors.push(place === 0 ? [] : [job * machines + place - 1]);
    }
  }
  return problem;
}

export function readPatterson(text: string): PublishedProblem {
  const numbers = numbersOf(text);
  let at = 0;
  const take = (count: number): number[] => numbers.slice(at, (at += count));
  const [tasks, resources] = take(2) as [number, number];
  const capacities = take(resources);
  const problem = empty(tasks, capacities);
  for (let task = 0; task < tasks; task++) {
    const [duration] = take(1);
    problem.durations.push(duration!);
    problem.demands.push(take(resources));
    const [successors] = take(1);
    for (const successor of take(successors!)) problem.predecessors[successor - 1]!.push(task);
  }
  return problem;
}

export function readPsplib(text: string): PublishedProblem {
  const rowsAfter = (heading: string): number[][] =>
    text
      .split(heading)[1]!
      .split(/\*{4}/)[0]!
      .split('\n')
      .filter((line) => /^\s*\d/.test(line))
      .map(numbersOf);
  const requests = rowsAfter('REQUESTS/DURATIONS:');
  const problem = empty(requests.length, rowsAfter('RESOURCEAVAILABILITIES:')[0]!);
  for (const [, , duration, ...demands] of requests) {
    problem.durations.push(duration!);
    problem.demands.push(demands);
  }
  for (const [job, , , ...successors] of rowsAfter('PRECEDENCE RELATIONS:')) {
    for (const successor of successors) problem.predecessors[successor - 1]!.push(job! - 1);
  }
  return problem;
}

function empty(tasks: number, capacities: number[]): PublishedProblem {
  const predecessors = Array.from({ length: tasks }, () => []);
  return { durations: [], predecessors, demands: [], capacities };
}

/** Length of the longest chain of tasks. Predecessors may have any numbers. */
export function criticalPath({ durations, predecessors }: PublishedProblem): number {
  const known = new Map<number, number>();
  const endOf = (task: number): number => {
    const seen = known.get(task);
    if (seen !== undefined) return seen;
    const end = Math.max(0, ...predecessors[task]!.map(endOf)) + durations[task]!;
    known.set(task, end);
    return end;
  };
  return Math.max(...durations.map((_, task) => endOf(task)));
}
