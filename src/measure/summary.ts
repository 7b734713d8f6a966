import type { Pipeline } from '../pipeline/types.ts';
import { Fate, Outcome, type ItemBooks, type Trace } from '../trace/types.ts';
import { lowerBound } from './bound.ts';
import { workerIntervals } from './concurrency.ts';
import { distribution } from './distribution.ts';
import { queueLevels } from './queue-levels.ts';
import { taskTimes } from './states.ts';
import { maxOf, meanOver } from './step-series.ts';

export interface StageSummary {
  received: number;
  tasks: number;
  delivered: number;
  failed: number;
  dropped: number;
  cancelled: number;
  retried: number;
  timedOut: number;
  cacheHits: number;
  /** Task-milliseconds, summed over tasks. */
  busy: number;
  blocked: number;
  waitForItem: number;
  waitForPermit: number;
  waitForLimit: number;
  waitForWorker: number;
  /** Items in its buffer: over the makespan. */
  queue: { mean: number; max: number };
  /** ms from start to end of its tasks (set-up included, blocked tails not). */
  service: { mean: number; p95: number };
  /** ms from ready to start of its tasks. */
  wait: { mean: number; p95: number };
}

/** What `--json` prints; times in ms, sizes in bytes, throughput in items per second. */
export interface RunSummary {
  machine: 'live' | 'simulated';
  cores: number;
  makespan: number;
  /** Of the ideal simulated schedule; null where none was taken. */
  digest: string | null;
  items: ItemBooks;
  /** The results of `all` and `fold` stages, which have books of their own. */
  barrierResults: ItemBooks;
  throughput: number;
  latency: { mean: number; p50: number; p95: number; p99: number };
  stages: Record<string, StageSummary>;
  workers: { count: number; utilization: number };
  memory: { peak: number };
  bound: { value: number; by: string };
  /** Live: order-free digest of the delivered outputs. */
  results: string | null;
}

/** All numbers are finite, whatever the run was like (empty, stopped at once, stalled). */
export function summarize(
  trace: Trace,
  pipeline: Pipeline,
  digests: { schedule?: string | null; results?: string | null } = {},
): RunSummary {
  const { meta } = trace;
  const bound = lowerBound(trace, pipeline);
  const { mean, p50, p95, p99 } = distribution(latencies(trace));
  const { emitted, delivered, failed, dropped, cancelled } = meta.items;
  return {
    machine: meta.machine,
    cores: meta.cores,
    makespan: meta.makespan,
    digest: digests.schedule ?? null,
    items: { emitted, delivered, failed, dropped, cancelled },
    barrierResults: { ...meta.results },
    throughput: meta.makespan > 0 ? (delivered / meta.makespan) * 1000 : 0,
    latency: { mean, p50, p95, p99 },
    stages: stageSummaries(trace),
    workers: { count: meta.workers, utilization: utilization(trace) },
    memory: { peak: meta.memoryPeak },
    bound: { value: bound.valueMs, by: bound.by },
    results: digests.results ?? null,
  };
}

/** ms from the arrival of each delivered source item (not its admission) to the end of its last branch. */
export function latencies(trace: Trace): Float64Array {
  const { items } = trace;
  const values: number[] = [];
  for (let item = 0; item < items.count; item++) {
    if (items.parent[item] === -1 && items.fate[item] === Fate.delivered) {
      values.push(Math.max(0, items.end[item]! - items.arrive[item]!));
    }
  }
  return Float64Array.from(values);
}

/** Share of the workers' time during which they had a task open. */
export function utilization(trace: Trace): number {
  const { workers, makespan } = trace.meta;
  if (!(workers > 0 && makespan > 0)) return 0;
  let openMs = 0;
  for (const { from, to } of workerIntervals(trace)) {
    for (let i = 0; i < from.length; i++) openMs += to[i]! - from[i]!;
  }
  return Math.min(1, openMs / (workers * makespan));
}

function stageSummaries(trace: Trace): Record<string, StageSummary> {
  const { tasks, meta } = trace;
  const times = taskTimes(trace);
  const queues = queueLevels(trace);
  const services: number[][] = meta.stages.map(() => []);
  const waits: number[][] = meta.stages.map(() => []);
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.worker[row]! < 0 || tasks.outcome[row] === Outcome.hit) continue;
    services[tasks.stage[row]!]!.push(tasks.end[row]! - tasks.start[row]!);
    waits[tasks.stage[row]!]!.push(tasks.start[row]! - tasks.ready[row]!);
  }
  const summaries: Record<string, StageSummary> = {};
  meta.stages.forEach((stage, index) => {
    const time = times[index]!;
    const queue = queues[index]!;
    const service = distribution(Float64Array.from(services[index]!));
    const wait = distribution(Float64Array.from(waits[index]!));
    summaries[stage.id] = {
      received: stage.received,
      tasks: stage.tasks,
      delivered: stage.delivered,
      failed: stage.failed,
      dropped: stage.dropped,
      cancelled: stage.cancelled,
      retried: stage.retried,
      timedOut: stage.timedOut,
      cacheHits: stage.cacheHits,
      busy: time.busy,
      blocked: time.blocked,
      waitForItem: time.waitForItem,
      waitForPermit: time.waitForPermit,
      waitForLimit: time.waitForLimit,
      waitForWorker: time.waitForWorker,
      queue: { mean: meanOver(queue, 0, meta.makespan), max: maxOf(queue) },
      service: { mean: service.mean, p95: service.p95 },
      wait: { mean: wait.mean, p95: wait.p95 },
    };
  });
  return summaries;
}
