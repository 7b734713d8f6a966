import { Outcome, type Trace } from '../trace/types.ts';

/**
 * What share of the CPU time that each stage's tasks took they would have taken alone on the machine, by stage
 * index; 1: nothing disturbed them.
 *
 * At every instant a thread with n tasks that compute gives each a part of itself, and the cores give each busy
 * thread a part of themselves: n threads do the work of min(n, cores) ÷ (1 + contention × (min(n, cores) − 1)).
 * A task that also waits counts for the share of its time in which it does not. The coordinator is one more thread
 * for a share of the time in which any task runs.
 *
 * @param contention as in `Overheads`; 0: only threads and cores that are shared count
 * @param coordinatorMs CPU time of the coordinator in the whole run
 */
export function aloneShares(trace: Trace, contention: number, coordinatorMs = 0): number[] {
  const { tasks, meta } = trace;
  const rows = ranRows(trace);
  const events = eventsOf(trace, rows);
  const coordinatorShare = coordinatorMs > 0 ? Math.min(1, coordinatorMs / busyMs(events)) : 0;
  const speedOf = (demand: Float64Array): number => {
    const threads = threadsOf(demand);
    const [speed, besideCoordinator] = [threads, threads + 1].map((count) =>
      speedAmong(count, meta.cores, contention),
    ) as [number, number];
    // It is slowed as everybody is, and so needs more of the time.
    const share = Math.min(1, coordinatorShare / besideCoordinator);
    return (1 - share) * speed + share * besideCoordinator;
  };
  const workers = Math.max(1, meta.workers);
  const demand = new Float64Array(workers);
  /** Up to the last event: ms that a task on that worker would have needed alone. */
  const aloneMs = new Float64Array(workers);
  const startAlone = new Float64Array(tasks.count);
  const taken = meta.stages.map(() => 0);
  const alone = meta.stages.map(() => 0);
  let lastMs = 0;
  for (const { atMs, row, begins } of events) {
    advance(aloneMs, demand, (atMs - lastMs) * speedOf(demand));
    lastMs = atMs;
    const worker = tasks.worker[row]!;
    const share = cpuMsOf(trace, row) / (tasks.end[row]! - tasks.start[row]!);
    demand[worker]! += begins ? share : -share;
    if (begins) {
      startAlone[row] = aloneMs[worker]!;
      continue;
    }
    const stage = tasks.stage[row]!;
    taken[stage]! += cpuMsOf(trace, row);
    alone[stage]! += share * (aloneMs[worker]! - startAlone[row]!);
  }
  return taken.map((ms, stage) => (ms > 0 ? Math.min(1, alone[stage]! / ms) : 1));
}

/** Threads that compute, those that do so for a part of the time as that part. */
function threadsOf(demand: Float64Array): number {
  let threads = 0;
  for (const one of demand) threads += Math.min(1, one);
  return threads;
}

/** How fast each of so many busy threads goes, 0 … 1. */
function speedAmong(threads: number, cores: number, contention: number): number {
  const busy = Math.min(threads, cores);
  const share = threads > cores ? cores / threads : 1;
  return share / (1 + contention * Math.max(0, busy - 1));
}

/** Time in which any task ran. */
function busyMs(events: readonly { atMs: number; begins: boolean }[]): number {
  let open = 0;
  let lastMs = 0;
  let sumMs = 0;
  for (const { atMs, begins } of events) {
    if (open > 0) sumMs += atMs - lastMs;
    lastMs = atMs;
    open += begins ? 1 : -1;
  }
  return sumMs;
}

/** On each thread its tasks get on by what it gives each of them. */
function advance(aloneMs: Float64Array, demand: Float64Array, ms: number): void {
  for (let worker = 0; worker < demand.length; worker++) {
    aloneMs[worker]! += ms / Math.max(1, demand[worker]!);
  }
}

const cpuMsOf = ({ tasks }: Trace, row: number): number =>
  Math.max(0, tasks.end[row]! - tasks.start[row]! - tasks.waited[row]!);

/** Tasks that took some time on a worker. */
function ranRows({ tasks, meta }: Trace): number[] {
  const rows: number[] = [];
  for (let row = 0; row < tasks.count; row++) {
    const worker = tasks.worker[row]!;
    const ran = worker >= 0 && worker < meta.workers && tasks.outcome[row] === Outcome.ok;
    if (ran && tasks.end[row]! > tasks.start[row]!) rows.push(row);
  }
  return rows;
}

function eventsOf({ tasks }: Trace, rows: readonly number[]) {
  return rows
    .flatMap((row) => [
      { atMs: tasks.start[row]!, row, begins: true },
      { atMs: tasks.end[row]!, row, begins: false },
    ])
    .sort((a, b) => a.atMs - b.atMs || Number(a.begins) - Number(b.begins));
}
