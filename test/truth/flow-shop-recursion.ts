/** When each job is on each machine: starts, ends of processing, and when it leaves the machine. */
export interface FlowShopTimes {
  start: number[][];
  end: number[][];
  leave: number[][];
}

/** `J M`, then a row a machine with a duration a job. Row m of the result is machine m. */
export function readFlowShop(text: string): number[][] {
  const [jobs, machines, ...durations] = text.trim().split(/\s+/).map(Number);
  return Array.from({ length: machines! }, (_, m) => durations.slice(m * jobs!, (m + 1) * jobs!));
}

/**
 * The exact schedule of jobs 0, 1, 2… in this order on every machine, first in, first out.
 *
 * A job starts on machine m when it is there and the job before has left m. It leaves m when it has been
 * processed and there is room behind: in a buffer of b places once job j−b has started on m+1, without any
 * place once it starts there itself. With endless buffers this is
 * C(j, m) = max(C(j−1, m), C(j, m−1)) + p(j, m).
 */
export function flowShopTimes(durations: readonly number[][], buffer: number): FlowShopTimes {
  const machines = durations.length;
  const jobs = durations[0]!.length;
  const grid = (): number[][] => durations.map(() => new Array<number>(jobs).fill(0));
  const [start, end, leave] = [grid(), grid(), grid()] as [number[][], number[][], number[][]];
  for (let job = 0; job < jobs; job++) {
    for (let m = 0; m < machines; m++) {
      const here = m === 0 ? 0 : leave[m - 1]![job]!;
      const free = job === 0 ? 0 : leave[m]![job - 1]!;
      start[m]![job] = Math.max(here, free);
      end[m]![job] = start[m]![job]! + durations[m]![job]!;
      // With job 0 … j−1 all settled, what lies ahead of job j on the next machine is known.
      leave[m]![job] = Math.max(end[m]![job]!, roomBehind(m, job));
    }
  }
  return { start, end, leave };

  function roomBehind(m: number, job: number): number {
    if (m === machines - 1) return 0;
    if (buffer === 0) return job === 0 ? 0 : leave[m + 1]![job - 1]!;
    return job < buffer ? 0 : start[m + 1]![job - buffer]!;
  }
}
