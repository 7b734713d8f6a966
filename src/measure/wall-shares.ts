import type { Pipeline } from '../pipeline/types.ts';
import { Gate, Mark, Outcome, type Trace } from '../trace/types.ts';
import { gateHistories } from './gates.ts';
import { queueLevels } from './queue-levels.ts';
import { StateTimeline, wallStates, type WallShares, type WallState } from './state-timeline.ts';
import { countingSeries, type StepSeries } from './step-series.ts';
import { TimeList } from './time-list.ts';

/**
 * Splits every instant of the run by what the stage did then, as stream processors show it. By stage index.
 *
 * @param queues the queue levels of the stages, where they are worked out already.
 * @param knownMs of a run that goes on: until when each stage's tasks are all in the trace.
 */
export function stateTimelines(
  trace: Trace,
  pipeline?: Pipeline,
  queues: readonly StepSeries[] = queueLevels(trace),
  knownMs: readonly number[] = [],
): StateTimeline[] {
  const { meta } = trace;
  const gates = gateHistories(trace);
  return intervalsOf(trace, pipeline).map((own, stage) => {
    const running = new Cursor(own.running.series());
    const setup = new Cursor(own.setup.series());
    const blocked = new Cursor(own.blocked.series());
    const queued = new Cursor(queues[stage]!);
    const lingering = new Cursor(own.lingering.series());
    const atWorker = new Cursor(own.atWorker.series());
    const backoff = new Cursor(own.backoff.series());
    const lookUp = new Cursor(own.lookUp.series());
    const gate = gates[stage]!;
    const state = (ms: number): WallState => {
      if (running.value > 0) return running.value > setup.value ? 'busy' : 'setup';
      if (blocked.value > 0) return 'blocked';
      // The members of a batch that still fills wait in the buffer, too, but not for the gate.
      if (queued.value > 0 && lingering.value === 0) return gateState[gate.at(ms)];
      // Given to a worker whose thread is at another task.
      if (atWorker.value > 0) return 'waitForWorker';
      if (lingering.value > 0) return 'lingering';
      if (backoff.value > 0) return 'backingOff';
      if (lookUp.value > 0) return 'lookingUp';
      return 'waitForItem';
    };
    const cursors = [running, setup, blocked, queued, lingering, atWorker, backoff, lookUp];
    return sweep(cursors, gate.times, knownMs[stage] ?? meta.makespan, state);
  });
}

/** ms of the makespan that each stage spent in each state; together they are the makespan. */
export function wallShares(trace: Trace, pipeline?: Pipeline): WallShares[] {
  return stateTimelines(trace, pipeline).map((timeline) => timeline.totals());
}

function intervalsOf(trace: Trace, pipeline?: Pipeline) {
  const { tasks, marks, meta } = trace;
  const intervals = meta.stages.map(() => ({
    running: new Intervals(),
    setup: new Intervals(),
    blocked: new Intervals(),
    lingering: new Intervals(),
    atWorker: new Intervals(),
    backoff: new Intervals(),
    lookUp: new Intervals(),
  }));
  // By id: the stages of a trace may stand in another order than those of its document.
  const batches = meta.stages.map(
    ({ id }) => (pipeline?.stages.find((stage) => stage.id === id)?.batch.size ?? 1) !== 1,
  );
  for (let row = 0; row < tasks.count; row++) {
    const own = intervals[tasks.stage[row]!]!;
    if (tasks.outcome[row] === Outcome.hit) {
      own.lookUp.add(tasks.arrive[row]!, tasks.leave[row]!);
      continue;
    }
    if (batches[tasks.stage[row]!]) own.lingering.add(tasks.arrive[row]!, tasks.ready[row]!);
    if (tasks.worker[row]! < 0) continue;
    own.atWorker.add(tasks.dispatch[row]!, tasks.start[row]!);
    own.running.add(tasks.start[row]!, tasks.end[row]!);
    own.setup.add(tasks.start[row]!, tasks.start[row]! + tasks.setup[row]!);
    own.blocked.add(tasks.end[row]!, tasks.leave[row]!);
  }
  for (let mark = 0; mark < marks.count; mark++) {
    if (marks.kind[mark] !== Mark.backoff) continue;
    intervals[marks.stage[mark]!]?.backoff.add(marks.time[mark]!, marks.value[mark]!);
  }
  return intervals;
}

const gateState: Record<Gate, WallState> = {
  [Gate.open]: 'waitForWorker',
  [Gate.permit]: 'waitForPermit',
  [Gate.limit]: 'waitForLimit',
  [Gate.worker]: 'waitForWorker',
  [Gate.paused]: 'paused',
};

/** Walks all moments at which anything changes, in order. */
function sweep(
  cursors: readonly Cursor[],
  alsoAt: readonly number[],
  endMs: number,
  state: (ms: number) => WallState,
): StateTimeline {
  const from = new TimeList();
  const states: number[] = [];
  let now = 0;
  let also = 0;
  for (const cursor of cursors) cursor.moveTo(0);
  while (now < endMs) {
    while (also < alsoAt.length && alsoAt[also]! <= now) also++;
    let next = Math.min(endMs, alsoAt[also] ?? Infinity);
    for (const cursor of cursors) if (cursor.nextMs < next) next = cursor.nextMs;
    const place = wallStates.indexOf(state(now));
    if (states[states.length - 1] !== place) {
      from.push(now);
      states.push(place);
    }
    now = next;
    for (const cursor of cursors) cursor.moveTo(now);
  }
  return new StateTimeline(from.taken(), Uint8Array.from(states), endMs);
}

class Cursor {
  value = 0;
  nextMs: number;
  private at = 0;
  private readonly series: StepSeries;

  constructor(series: StepSeries) {
    this.series = series;
    this.nextMs = series.time[0] ?? Infinity;
  }

  moveTo(ms: number): void {
    const { time, value } = this.series;
    while (this.nextMs <= ms) {
      this.value = value[this.at++]!;
      this.nextMs = time[this.at] ?? Infinity;
    }
  }
}

class Intervals {
  private readonly from = new TimeList();
  private readonly to = new TimeList();

  add(fromMs: number, toMs: number): void {
    if (!(toMs > fromMs)) return;
    this.from.push(fromMs);
    this.to.push(toMs);
  }

  series(): StepSeries {
    return countingSeries(this.from.taken(), this.to.taken());
  }
}
