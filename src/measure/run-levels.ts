import type { Pipeline } from '../pipeline/types.ts';
import { Mark, type Trace } from '../trace/types.ts';
import { blockedLevels, runningLevels } from './concurrency.ts';
import { queueLevels } from './queue-levels.ts';
import { outside } from './span-sets.ts';
import { sourceLine } from './source-line.ts';
import { stageGraph, type StageGraph } from './stage-order.ts';
import { countingSeries, levelSeries, type StepSeries } from './step-series.ts';
import { spansWhere, type Spans } from './throttling.ts';
import { TimeList } from './time-list.ts';

/** What several analyses ask of one run, each worked out once and when it is first asked for. By stage index. */
export class RunLevels {
  readonly trace: Trace;
  readonly pipeline: Pipeline;
  readonly endMs: number;
  readonly graph: StageGraph;
  #queues: StepSeries[] | null = null;
  #running: StepSeries[] | null = null;
  #blocked: StepSeries[] | null = null;
  #busySpans: Spans[] | null = null;
  #blockedSpans: Spans[] | null = null;
  #idleSpans: Spans[] | null = null;
  #gates: StepSeries[] | null = null;
  #source: StepSeries | null = null;
  #input: InputTimes[] | null = null;
  #backingOff: Spans[] | null = null;

  /** @param trace with its stages in the order of the pipeline. */
  constructor(trace: Trace, pipeline: Pipeline) {
    this.trace = trace;
    this.pipeline = pipeline;
    this.endMs = trace.meta.makespan;
    this.graph = stageGraph(pipeline);
  }

  /** Items in the buffer. */
  get queues(): readonly StepSeries[] {
    return (this.#queues ??= queueLevels(this.trace));
  }
  /** Tasks in a worker. */
  get running(): readonly StepSeries[] {
    return (this.#running ??= runningLevels(this.trace));
  }
  /** Tasks that are done and find no room downstream. */
  get blocked(): readonly StepSeries[] {
    return (this.#blocked ??= blockedLevels(this.trace));
  }
  /** When at least one task was in a worker. */
  get busySpans(): readonly Spans[] {
    return (this.#busySpans ??= this.#someOf(this.running));
  }
  /** When at least one task found no room. */
  get blockedSpans(): readonly Spans[] {
    return (this.#blockedSpans ??= this.#someOf(this.blocked));
  }
  /** When nothing ran, waited or was blocked. */
  get idleSpans(): readonly Spans[] {
    return (this.#idleSpans ??= this.queues.map((queue, stage) => {
      const series = [this.running[stage]!, queue, this.blocked[stage]!];
      const isThere = spansWhere(series, this.endMs, (counts) => counts.some((count) => count > 0));
      return outside(isThere, this.endMs);
    }));
  }
  /** What holds the next task back: one of `Gate`. */
  get gates(): readonly StepSeries[] {
    return (this.#gates ??= gateSeries(this.trace));
  }
  /** Items that have come to the source and are not let in. */
  get source(): StepSeries {
    return (this.#source ??= sourceLine(this.trace));
  }
  /** From the first item's coming to the last one's. */
  get inputTimes(): readonly InputTimes[] {
    return (this.#input ??= inputTimes(this.trace));
  }
  /** When a failed item waited for its next attempt. */
  get backingOff(): readonly Spans[] {
    return (this.#backingOff ??= backingOff(this.trace));
  }

  #someOf(levels: readonly StepSeries[]): Spans[] {
    return levels.map((series) => spansWhere([series], this.endMs, ([count]) => count! > 0));
  }
}

interface InputTimes {
  fromMs: number;
  toMs: number;
}
function inputTimes({ tasks, meta }: Trace): InputTimes[] {
  const times = meta.stages.map(() => ({ fromMs: Infinity, toMs: 0 }));
  for (let row = 0; row < tasks.count; row++) {
    const own = times[tasks.stage[row]!]!;
    if (tasks.arrive[row]! < own.fromMs) own.fromMs = tasks.arrive[row]!;
    if (tasks.ready[row]! > own.toMs) own.toMs = tasks.ready[row]!;
  }
  return times.map(({ fromMs, toMs }) => ({ fromMs: Math.min(fromMs, toMs), toMs }));
}

function backingOff({ marks, meta }: Trace): Spans[] {
  const lists = meta.stages.map(() => ({ from: new TimeList(), to: new TimeList() }));
  for (let mark = 0; mark < marks.count; mark++) {
    if (marks.kind[mark] !== Mark.backoff) continue;
    lists[marks.stage[mark]!]?.from.push(marks.time[mark]!);
    lists[marks.stage[mark]!]?.to.push(marks.value[mark]!);
  }
  return lists.map(({ from, to }) =>
    spansWhere([countingSeries(from.taken(), to.taken())], meta.makespan, ([n]) => n! > 0),
  );
}

function gateSeries({ marks, meta }: Trace): StepSeries[] {
  const times = meta.stages.map(() => new TimeList());
  const gates = meta.stages.map((): number[] => []);
  for (let mark = 0; mark < marks.count; mark++) {
    if (marks.kind[mark] !== Mark.gate) continue;
    times[marks.stage[mark]!]?.push(marks.time[mark]!);
    gates[marks.stage[mark]!]?.push(marks.value[mark]!);
  }
  return times.map((list, stage) => levelSeries(list.taken(), gates[stage]!));
}
