/**
 * Runs as a Chrome trace, which Perfetto, speedscope and the browsers' own tools read: Trace Event Format (Google,
 * 2016), "JSON Object Format". A run is a process; a worker is a thread of it, or several where its tasks overlap;
 * queues and memory are counters, and arrows lead from each task to those that took in what it put out.
 */
import { memoryLevels, queueLevels } from '../../measure/queue-levels.ts';
import type { StepSeries } from '../../measure/step-series.ts';
import { itemLabel } from '../../trace/item-label.ts';
import { Mark, Outcome, type Trace } from '../../trace/types.ts';
import { takenFrom, type StageOrder } from './taken-from.ts';
import { itemsOfTask, traceLanes, type TraceLanes } from './trace-lanes.ts';
import { ticksOf, usOf } from './trace-ticks.ts';

export interface NamedTrace {
  /** "Measured". */
  name: string;
  trace: Trace;
  /** Of the document that was run. */
  stages: StageOrder;
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
  const ids = new Ids();
  for (const run of runs) {
    for (const event of eventsOf(run, ids)) {
      part.push(JSON.stringify(event));
      if (part.length === eventsAPart) yield written();
    }
  }
  if (part.length > 0) yield written();
  yield '\n]}\n';
}

/** No two threads or arrows of a file have the same: Perfetto takes a thread's number to be the machine's. */
class Ids {
  #threads = 0;
  #arrows = 0;

  /** The first of `count` in a row. */
  threads(count: number): number {
    const first = this.#threads + 1;
    this.#threads += count;
    return first;
  }

  /** As Chrome writes it; Perfetto reads nothing but a number. */
  arrow(): string {
    return `0x${(++this.#arrows).toString(16)}`;
  }
}

const atMs = (ms: number): number => usOf(ticksOf(ms));

function* eventsOf({ name, trace, stages }: NamedTrace, ids: Ids): Generator<TraceEvent> {
  const laid = traceLanes(trace);
  const { lanes } = laid;
  // A process has its main thread's number. That one has what belongs to no worker.
  const pid = ids.threads(1 + lanes.length);
  yield { ph: 'M', name: 'process_name', pid, tid: pid, args: { name } };
  yield { ph: 'M', name: 'process_sort_index', pid, tid: pid, args: { sort_index: pid } };
  yield { ph: 'M', name: 'thread_name', pid, tid: pid, args: { name: 'pipeline' } };
  yield { ph: 'M', name: 'thread_sort_index', pid, tid: pid, args: { sort_index: 0 } };
  const order = [...lanes.keys()].sort(
    (a, b) => lanes[a]!.worker - lanes[b]!.worker || lanes[a]!.place - lanes[b]!.place,
  );
  const tidOf = new Int32Array(lanes.length);
  for (const [at, lane] of order.entries()) {
    const { worker, place } = lanes[lane]!;
    const tid = (tidOf[lane] = pid + 1 + at);
    const label = place === 0 ? `worker ${worker + 1}` : `worker ${worker + 1}, place ${place + 1}`;
    yield { ph: 'M', name: 'thread_name', pid, tid, args: { name: label } };
    yield { ph: 'M', name: 'thread_sort_index', pid, tid, args: { sort_index: at + 1 } };
  }
  const fromOf = takenFrom(trace, laid.rows, stages);
  yield* taskEvents(trace, laid, fromOf, pid, tidOf, ids);
  yield* hitEvents(trace, pid);
  yield* counterEvents(trace, pid);
  yield* markEvents(trace, pid);
}

/**
 * By when they started, so that spans and the ends of arrows at one instant stand in the order in which they nest. A span
 * without length would upset readers that open and close calls by time: it takes a tick, and what starts at its end
 * starts that much later.
 */
function* taskEvents(
  trace: Trace,
  { lanes, laneOf, rows }: TraceLanes,
  fromOf: (row: number) => readonly number[],
  pid: number,
  tidOf: Int32Array,
  ids: Ids,
): Generator<TraceEvent> {
  const { tasks, meta } = trace;
  const endTicks = new Float64Array(tasks.count);
  const freeTicks = new Float64Array(lanes.length);
  for (const row of rows) {
    const stage = meta.stages[tasks.stage[row]!]!;
    const lane = laneOf[row]!;
    const tid = tidOf[lane]!;
    const sources = fromOf(row);
    let startTicks = Math.max(ticksOf(tasks.start[row]!), freeTicks[lane]!);
    for (const from of sources) startTicks = Math.max(startTicks, endTicks[from]!);
    const end = Math.max(ticksOf(tasks.end[row]!), startTicks + 1);
    endTicks[row] = freeTicks[lane] = end;
    const ts = usOf(startTicks);
    yield {
      ...{ ph: 'X', name: stage.name, cat: outcomeNames[tasks.outcome[row]!]! },
      ...{ pid, tid, ts, dur: usOf(end - startTicks), args: taskArgs(trace, row) },
    };
    for (const from of sources) {
      const arrow = { name: 'item', cat: 'items', id: ids.arrow(), pid };
      // Inside the span it leaves: at its very end it is no longer there.
      yield { ph: 's', ...arrow, tid: tidOf[laneOf[from]!]!, ts: usOf(endTicks[from]! - 1) };
      yield { ph: 'f', bp: 'e', ...arrow, tid, ts };
    }
  }
}

function* hitEvents(trace: Trace, pid: number): Generator<TraceEvent> {
  const { tasks, meta } = trace;
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.outcome[row] !== Outcome.hit || tasks.worker[row]! >= 0) continue;
    const name = `${meta.stages[tasks.stage[row]!]!.name}: from the cache`;
    const args = { item: itemLabel(trace, tasks.item[row]!) };
    yield { ph: 'i', name, pid, tid: pid, ts: atMs(tasks.leave[row]!), s: 't', args };
  }
}

/** ms in its figures, as everywhere in the product. */
function taskArgs(trace: Trace, row: number): Record<string, string | number> {
  const { tasks } = trace;
  const items = itemsOfTask(trace, row);
  const rounded = (ms: number): number => Math.round(ms * 1e6) / 1e6;
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
      yield { ph: 'C', name, pid, tid: pid, ts: atMs(time[at]!), args } satisfies TraceEvent;
    }
  };
  for (const [index, series] of queueLevels(trace).entries()) {
    const { id, name } = stages[index]!;
    // Counters of one name are one counter.
    const isShared = stages.some((other, at) => at !== index && other.name === name);
    yield* counter(`Queue of ${isShared ? `${name} (${id})` : name}`, 'items', series);
  }
  yield* counter('Memory in flight', 'bytes', memoryLevels(trace));
}

function* markEvents(trace: Trace, pid: number): Generator<TraceEvent> {
  const { marks, meta } = trace;
  for (let at = 0; at < marks.count; at++) {
    const said = markNames[marks.kind[at]!];
    if (said === undefined) continue;
    const stage = meta.stages[marks.stage[at]!];
    const name = stage === undefined ? said : `${stage.name}: ${said}`;
    yield { ph: 'i', name, pid, tid: pid, ts: atMs(marks.time[at]!), s: 'p' };
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
