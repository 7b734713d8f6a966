/**
 * Runs as a Chrome trace, which Perfetto, speedscope and the browsers' own tools read: Trace Event Format (Google,
 * 2016), "JSON Object Format". A run is a process; a worker is a thread of it, or several where its tasks overlap;
 * queues and memory are counters, and arrows lead from each task to those that took in what it put out.
 */
import { memoryLevels, queueLevels } from '../../measure/queue-levels.ts';
import type { StepSeries } from '../../measure/step-series.ts';
import { itemLabel } from '../../trace/item-label.ts';
import { Mark, Outcome, type Trace } from '../../trace/types.ts';
import { itemsOfTask, takenFrom, traceLanes } from './trace-lanes.ts';

export interface NamedTrace {
  /** "Measured". */
  name: string;
  trace: Trace;
}

interface TraceEvent {
  ph: 'X' | 'M' | 'C' | 'i' | 's' | 'f';
  name: string;
  pid: number;
  tid: number;
  /** µs. */
  ts?: number;
  dur?: number;
  cat?: string;
  id?: string;
  bp?: 'e';
  s?: 't' | 'p';
  args?: Record<string, string | number>;
}

/** Events a part: a run of a million tasks is hundreds of megabytes, too long for one string. */
const eventsAPart = 5000;

/** The file in parts, to be written one after another. */
export function* chromeTrace(runs: readonly NamedTrace[]): Generator<string> {
  yield '{"displayTimeUnit":"ms","traceEvents":[';
  let part: string[] = [];
  let isFirst = true;
  const written = (): string => {
    const text = (isFirst ? '\n' : ',\n') + part.join(',\n');
    isFirst = false;
    part = [];
    return text;
  };
  for (const [index, run] of runs.entries()) {
    for (const event of eventsOf(run, index + 1)) {
      part.push(JSON.stringify(event));
      if (part.length === eventsAPart) yield written();
    }
  }
  if (part.length > 0) yield written();
  yield '\n]}\n';
}

/** A nanosecond, the finest that viewers know. */
const nsOf = (ms: number): number => Math.round(ms * 1e6);
const usOf = (ms: number): number => nsOf(ms) / 1000;

function* eventsOf({ name, trace }: NamedTrace, pid: number): Generator<TraceEvent> {
  const { lanes, laneOf } = traceLanes(trace);
  yield { ph: 'M', name: 'process_name', pid, tid: 0, args: { name } };
  yield { ph: 'M', name: 'process_sort_index', pid, tid: 0, args: { sort_index: pid } };
  // Thread 0 has what belongs to no worker.
  yield { ph: 'M', name: 'thread_name', pid, tid: 0, args: { name: 'pipeline' } };
  const order = [...lanes.keys()].sort(
    (a, b) => lanes[a]!.worker - lanes[b]!.worker || lanes[a]!.place - lanes[b]!.place,
  );
  for (const [at, lane] of order.entries()) {
    const { worker, place } = lanes[lane]!;
    const tid = lane + 1;
    const label = place === 0 ? `worker ${worker + 1}` : `worker ${worker + 1}, place ${place + 1}`;
    yield { ph: 'M', name: 'thread_name', pid, tid, args: { name: label } };
    yield { ph: 'M', name: 'thread_sort_index', pid, tid, args: { sort_index: at + 1 } };
  }
  yield* taskEvents(trace, pid, laneOf);
  yield* counterEvents(trace, pid);
  yield* markEvents(trace, pid);
}

function* taskEvents(trace: Trace, pid: number, laneOf: Int32Array): Generator<TraceEvent> {
  const { tasks, meta } = trace;
  const fromOf = takenFrom(trace);
  let arrows = 0;
  for (let row = 0; row < tasks.count; row++) {
    const stage = meta.stages[tasks.stage[row]!]!;
    const tid = laneOf[row]! + 1;
    if (tid === 0) {
      if (tasks.outcome[row] !== Outcome.hit) continue;
      const args = { item: itemLabel(trace, tasks.item[row]!) };
      const ts = usOf(tasks.leave[row]!);
      yield { ph: 'i', name: `${stage.name}: from the cache`, pid, tid, ts, s: 't', args };
      continue;
    }
    const fromNs = nsOf(tasks.start[row]!);
    const durNs = Math.max(0, nsOf(tasks.end[row]!) - fromNs);
    const ts = fromNs / 1000;
    yield {
      ...{ ph: 'X', name: stage.name, cat: outcomeNames[tasks.outcome[row]!]! },
      ...{ pid, tid, ts, dur: durNs / 1000, args: taskArgs(trace, row) },
    };
    for (const from of fromOf(row)) {
      const id = `${pid}.${arrows++}`;
      // Inside the span it leaves: at its very end it is no longer there.
      const endNs = Math.max(nsOf(tasks.start[from]!), nsOf(tasks.end[from]!) - 1);
      const arrow = { name: 'item', cat: 'items', id, pid };
      yield { ph: 's', ...arrow, tid: laneOf[from]! + 1, ts: endNs / 1000 };
      yield { ph: 'f', bp: 'e', ...arrow, tid, ts };
    }
  }
}

/** ms in its figures, as everywhere in the product. */
function taskArgs(trace: Trace, row: number): Record<string, string | number> {
  const { tasks } = trace;
  const items = itemsOfTask(trace, row);
  const rounded = (ms: number): number => usOf(ms) / 1000;
  const [arriveMs, readyMs] = [tasks.arrive[row]!, tasks.ready[row]!];
  return {
    stage: trace.meta.stages[tasks.stage[row]!]!.id,
    item: itemLabel(trace, items[0] ?? tasks.item[row]!),
    ...(items.length !== 1 && { items: items.length }),
    attempt: tasks.attempt[row]!,
    outcome: outcomeNames[tasks.outcome[row]!]!,
    arriveMs: rounded(arriveMs),
    readyMs: rounded(readyMs),
    dispatchMs: rounded(tasks.dispatch[row]!),
    leaveMs: rounded(tasks.leave[row]!),
    setupMs: rounded(tasks.setup[row]!),
    waitedMs: rounded(tasks.waited[row]!),
    bytes: tasks.bytes[row]!,
  };
}

function* counterEvents(trace: Trace, pid: number): Generator<TraceEvent> {
  const { stages } = trace.meta;
  const counter = function* (name: string, unit: string, { time, value }: StepSeries) {
    for (let at = 0; at < time.length; at++) {
      const args = { [unit]: value[at]! };
      yield { ph: 'C', name, pid, tid: 0, ts: usOf(time[at]!), args } satisfies TraceEvent;
    }
  };
  for (const [index, series] of queueLevels(trace).entries())
    yield* counter(`Queue of ${stages[index]!.name}`, 'items', series);
  yield* counter('Memory in flight', 'bytes', memoryLevels(trace));
}

function* markEvents(trace: Trace, pid: number): Generator<TraceEvent> {
  const { marks, meta } = trace;
  for (let at = 0; at < marks.count; at++) {
    const said = markNames[marks.kind[at]!];
    if (said === undefined) continue;
    const stage = meta.stages[marks.stage[at]!];
    const name = stage === undefined ? said : `${stage.name}: ${said}`;
    yield { ph: 'i', name, pid, tid: 0, ts: usOf(marks.time[at]!), s: 'p' };
  }
}

const outcomeNames: Readonly<Record<number, string>> = {
  [Outcome.ok]: 'ok',
  [Outcome.failed]: 'failed',
  [Outcome.retried]: 'retried',
  [Outcome.timedOut]: 'timed out',
  [Outcome.cancelled]: 'cancelled',
  [Outcome.hit]: 'from the cache',
  [Outcome.lost]: 'worker lost',
};

/** Changes of gates and admissions are in the queues' own counters. */
const markNames: Readonly<Record<number, string>> = {
  [Mark.dropNewest]: 'newest item dropped',
  [Mark.dropOldest]: 'oldest item dropped',
  [Mark.orphaned]: 'half of a pair without its partner',
  [Mark.cancelled]: 'item cancelled',
  [Mark.backoff]: 'waits before it tries again',
  [Mark.workerUp]: 'worker starts',
  [Mark.workerDown]: 'worker dies',
  [Mark.overrun]: 'over the memory mark',
  [Mark.paused]: 'paused',
  [Mark.resumed]: 'resumed',
};
