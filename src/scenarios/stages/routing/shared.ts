/** Pools with tasks open, and the tasks of one run coming in and ending. */
export interface Office {
  /** Pools. */
  n: number;
  times: number;
  /** One a task: which of the open ones ends before it comes, from 0 to 1. */
  ends: number[];
  pairs: [number, number][];
}

/** Tasks that a pool has open on average. */
const depth = 2;

/**
 * Routes every task to the pool that `choose` names, after one of the open tasks has ended. `change` is told of
 * every start (+1) and end (−1). Gives the pool of each task.
 */
export function routeAll(
  { n, ends }: Office,
  choose: (task: number) => number,
  change: (pool: number, by: 1 | -1) => void,
): number[] {
  const open: number[] = [];
  return ends.map((end, task) => {
    if (open.length >= depth * n) {
      const at = Math.floor(end * open.length);
      change(open[at]!, -1);
      open[at] = open[open.length - 1]!;
      open.pop();
    }
    const pool = choose(task);
    open.push(pool);
    change(pool, 1);
    return pool;
  });
}
