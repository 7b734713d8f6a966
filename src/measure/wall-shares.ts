import type { Pipeline } from '../pipeline/types.ts';
import { Gate, Mark, Outcome, type Trace } from '../trace/types.ts';
import { gateHistories } from './gates.ts';
import { queueLevels } from './queue-levels.ts';
import { countingSeries, type StepSeries } from './step-series.ts';

/** ms of the makespan that a stage spent in each state; together they are the makespan. */
export interface WallShares {
  /** At least one task in service. */
  busy: number;
  /** Tasks run, all of them still setting up. */
  setup: number;
  /** Nothing runs, a finished task finds no room downstream. */
  blocked: number;
  waitForPermit: number;
  waitForLimit: number;
  waitForWorker: number;
  paused: number;
  /** A batch is open and waits to fill. */
  lingering: number;
  backingOff: number;
  lookingUp: number;
  /** Nothing here at all. */
  waitForItem: number;
}

/**
 * Splits every instant of the run by what the stage did then, as stream processors show it. Where
 * several are true at once the first in the order of `WallShares` counts. By stage index.
 */
export function wallShares(trace: Trace, pipeline?: Pipeline): WallShares[] {
  const { tasks, meta } = trace;
  const intervals = meta.stages.map(() => ({
    running: new Intervals(),
    setup: new Intervals(),
    blocked: new Intervals(),
    lingering: new Intervals(),
    atWorker: new Intervals(),
    backoff: new Intervals(),
    lookUp: new Intervals(),
  }));
  for (let row = 0; row < tasks.count; row++) {
    const own = intervals[tasks.stage[row]!]!;
    const batches = (pipeline?.stages[tasks.stage[row]!]?.batch.size ?? 1) !== 1;
    if (tasks.outcome[row] === Outcome.hit) {
      own.lookUp.add(tasks.arrive[row]!, tasks.leave[row]!);
      continue;
    }
    if (batches) own.lingering.add(tasks.arrive[row]!, tasks.ready[row]!);
    if (tasks.worker[row]! < 0) continue;
    own.atWorker.add(tasks.dispatch[row]!, tasks.start[row]!);
    own.running.add(tasks.start[row]!, tasks.end[row]!);
    own.setup.add(tasks.start[row]!, tasks.start[row]! + tasks.setup[row]!);
    own.blocked.add(tasks.end[row]!, tasks.leave[row]!);
  }
  const { marks } = trace;
  for (let mark = 0; mark < marks.count; mark++) {
    if (marks.kind[mark] !== Mark.backoff) continue;
    intervals[marks.stage[mark]!]?.backoff.add(marks.time[mark]!, marks.value[mark]!);
  }
  const gates = gateHistories(trace);
  const queues = queueLevels(trace);
  return intervals.map((own, stage) => {
    const cursors = {
      running: new Cursor(own.running.series()),
      setup: new Cursor(own.setup.series()),
      blocked: new Cursor(own.blocked.series()),
      queued: new Cursor(queues[stage]!),
      lingering: new Cursor(own.lingering.series()),
      atWorker: new Cursor(own.atWorker.series()),
      backoff: new Cursor(own.backoff.series()),
      lookUp: new Cursor(own.lookUp.series()),
    };
    const gate = gates[stage]!;
    const state = (ms: number): keyof WallShares => {
      if (cursors.running.value > 0) {
        return cursors.running.value > cursors.setup.value ? 'busy' : 'setup';
      }
      if (cursors.blocked.value > 0) return 'blocked';
      // The members of a batch that still fills wait in the buffer, too, but not for the gate.
      if (cursors.queued.value > 0 && cursors.lingering.value === 0) return gateState[gate.at(ms)];
      // Given to a worker whose thread is at another task.
      if (cursors.atWorker.value > 0) return 'waitForWorker';
      if (cursors.lingering.value > 0) return 'lingering';
      if (cursors.backoff.value > 0) return 'backingOff';
      if (cursors.lookUp.value > 0) return 'lookingUp';
      return 'waitForItem';
    };
    return sweep(Object.values(cursors), gate.times, meta.makespan, state);
  });
}

const gateState: Record<Gate, keyof WallShares> = {
  [Gate.open]: 'waitForWorker',
  [Gate.permit]: 'waitForPermit',
  [Gate.limit]: 'waitForLimit',
  [Gate.worker]: 'waitForWorker',
  [Gate.paused]: 'paused',
};

/** Walks all moments at which anything changes, in order. */
function sweep(
  cursors: Cursor[],
  alsoAt: readonly number[],
  makespanMs: number,
  state: (ms: number) => keyof WallShares,
): WallShares {
  const shares: WallShares = {
    busy: 0,
    setup: 0,
    blocked: 0,
    waitForPermit: 0,
    waitForLimit: 0,
    waitForWorker: 0,
    paused: 0,
    lingering: 0,
    backingOff: 0,
    lookingUp: 0,
    waitForItem: 0,
  };
  let now = 0;
  let also = 0;
  for (const cursor of cursors) cursor.moveTo(0);
  while (now < makespanMs) {
    while (also < alsoAt.length && alsoAt[also]! <= now) also++;
    let next = Math.min(makespanMs, alsoAt[also] ?? Infinity);
    for (const cursor of cursors) next = Math.min(next, cursor.nextMs);
    shares[state(now)] += next - now;
    now = next;
    for (const cursor of cursors) cursor.moveTo(now);
  }
  return shares;
}

class Cursor {
  value = 0;
  private at = 0;
  private readonly series: StepSeries;

  constructor(series: StepSeries) {
    this.series = series;
  }

  get nextMs(): number {
    return this.series.time[this.at] ?? Infinity;
  }

  moveTo(ms: number): void {
    while (this.nextMs <= ms) this.value = this.series.value[this.at++]!;
  }
}

class Intervals {
  private readonly from: number[] = [];
  private readonly to: number[] = [];

  add(fromMs: number, toMs: number): void {
    if (!(toMs > fromMs)) return;
    this.from.push(fromMs);
    this.to.push(toMs);
  }

  series(): StepSeries {
    return countingSeries(Float64Array.from(this.from), Float64Array.from(this.to));
  }
}
