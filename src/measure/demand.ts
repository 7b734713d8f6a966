import { upperBound } from '../base/bisect.ts';
import type { Trace } from '../trace/types.ts';
import { busyWorkers, workerIntervals } from './concurrency.ts';
import type { StepSeries } from './step-series.ts';

/** What each task row would have needed with a core of its own, ms. */
export interface Demand {
  /** CPU time. */
  cpu: Float64Array;
  /** CPU time and waits: how long the task holds its permit, worker slot and limits at the least. */
  service: Float64Array;
}

/**
 * A trace knows how long a task took, not how much of that it spent waiting for a core. While more
 * workers are busy than there are cores, each gets cores ÷ busy of one (processor sharing), so
 * elapsed CPU time is scaled by the mean of min(1, cores ÷ busy) over the task. Where several tasks of
 * one worker were open at once they took turns: together they used no more than its open time.
 */
export function taskDemand(trace: Trace): Demand {
  const { tasks, meta } = trace;
  const rows = tasks.count;
  const speed = new SpeedIntegral(busyWorkers(trace), Math.max(1, meta.cores));
  const cpu = new Float64Array(rows);
  const service = new Float64Array(rows);
  const perWorker: number[] = [];
  for (let row = 0; row < rows; row++) {
    const worker = tasks.worker[row]!;
    const elapsed = tasks.end[row]! - tasks.start[row]!;
    if (worker < 0 || !(elapsed > 0)) continue;
    const onThread = Math.max(0, elapsed - tasks.waited[row]!);
    const meanSpeed = speed.over(tasks.start[row]!, tasks.end[row]!) / elapsed;
    cpu[row] = onThread * meanSpeed;
    perWorker[worker] = (perWorker[worker] ?? 0) + cpu[row]!;
  }
  const fit = workerIntervals(trace).map(({ from, to }, worker) => {
    let openMs = 0;
    for (let i = 0; i < from.length; i++) openMs += speed.over(from[i]!, to[i]!);
    const wanted = perWorker[worker] ?? 0;
    return wanted > openMs ? openMs / wanted : 1;
  });
  for (let row = 0; row < rows; row++) {
    const worker = tasks.worker[row]!;
    if (worker < 0) continue;
    cpu[row]! *= fit[worker] ?? 1;
    const elapsed = Math.max(0, tasks.end[row]! - tasks.start[row]!);
    service[row] = Math.min(elapsed, cpu[row]! + Math.min(elapsed, tasks.waited[row]!));
  }
  return { cpu, service };
}

/** ∫ min(1, cores ÷ busy workers) dt, in O(log n) for any interval. */
class SpeedIntegral {
  private readonly time: Float64Array;
  private readonly speed: Float64Array;
  private readonly before: Float64Array;

  constructor(busy: StepSeries, cores: number) {
    this.time = busy.time;
    this.speed = busy.value.map((workers) => Math.min(1, cores / Math.max(1, workers)));
    this.before = new Float64Array(this.time.length);
    for (let i = 1; i < this.time.length; i++) {
      const lasted = this.time[i]! - this.time[i - 1]!;
      this.before[i] = this.before[i - 1]! + lasted * this.speed[i - 1]!;
    }
  }

  over(fromMs: number, toMs: number): number {
    return this.upTo(toMs) - this.upTo(fromMs);
  }

  private upTo(ms: number): number {
    const index = upperBound(this.time, ms) - 1;
    if (index < 0) return ms;
    // Before the first step nothing ran: the speed there is never asked for but keeps `upTo` continuous.
    return this.time[0]! + this.before[index]! + (ms - this.time[index]!) * this.speed[index]!;
  }
}
