import { compilePlan } from '../../engine/plan.ts';
import { plain } from '../../engine/machine.ts';
import { withDefaults } from '../../pipeline/defaults.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import { packEnds, unpackTasks } from '../packing.ts';
import type { Trace } from '../../trace/types.ts';
import type { FromWorker, ToWorker, WireEnd, WireTask } from '../wire.ts';
import { epochMs, RunClock } from './clock.ts';
import { LiveMachine } from './live-machine.ts';
import { Reporter } from './reporter.ts';
import { Results } from './results.ts';
import { ReadyFeed } from './source-feed.ts';
import type { StageWorker } from './worker-link.ts';

/** Runs shorter than this begin at once. Tasks. */
const worthFrom = 1000;
/** Engines have compiled by then what every task goes through. */
const practiceMax = 10_000;

/** In one message of a stand-in: so few go as lists, as buffers are used again before these are read. */
const endsAtOnce = 32;

/** On how many tasks a run of so many practises. */
export const tasksToPractise = (tasks: number): number =>
  tasks < worthFrom ? 0 : Math.min(practiceMax, Math.ceil(tasks / 2));

/** Two stages in a row: items come from the source and from a stage, go to a stage and out. */
const rehearsal = (items: number): Pipeline => {
  const work = { kind: 'code' as const, source: '' };
  return withDefaults({
    format: 'millrace/1',
    source: { kind: 'count', count: items },
    stages: [
      { id: 'first', work },
      { id: 'second', after: ['first'], work },
    ],
    machine: { workers: 2 },
  });
};

/** Answers at once and from the same thread: every task ends with its own input. */
class StandIn implements StageWorker {
  onmessage: Worker['onmessage'] = null;
  onmessageerror: Worker['onmessageerror'] = null;
  onerror: Worker['onerror'] = null;
  #answers: FromWorker[] = [];

  postMessage(message: ToWorker): void {
    if (message.type === 'load') this.#answers.push({ type: 'ready' });
    if (message.type !== 'tasks') return;
    const tasks: WireTask[] = [];
    unpackTasks(message.tasks, tasks);
    for (let from = 0; from < tasks.length; from += endsAtOnce) {
      const ends = tasks.slice(from, from + endsAtOnce).map(endOf);
      this.#answers.push({ type: 'ends', ends: packEnds(ends) });
    }
  }
  terminate(): void {
    this.#answers = [];
  }
  /** Says what it has to say; false: nothing. */
  speak(): boolean {
    const answers = this.#answers;
    this.#answers = [];
    for (const data of answers) {
      this.onmessage?.call(this as unknown as Worker, { data } as MessageEvent<FromWorker>);
    }
    return answers.length > 0;
  }
}

function endOf({ task, number, item, input }: WireTask): WireEnd {
  const nowMs = epochMs();
  const times = { startMs: nowMs, endMs: nowMs, setupMs: 0, waitedMs: 0 };
  // What the source counts is made by the worker.
  const values = [input ?? { index: item }];
  return { task, number, ...times, fault: null, codes: [plain], values, entryFaults: [] };
}

/**
 * Sends so many tasks the whole way through a coordinator whose workers are stand-ins. In a fresh sandbox all code is
 * new to the engine: without this it would be compiled while the clock runs, and on few cores at the cost of the
 * work itself.
 */
export function rehearse(tasks: number, sendAheadMs: number): Trace {
  const items = Math.ceil(tasks / 2);
  const workers: StandIn[] = [];
  let isOver = false;
  const machine = new LiveMachine({
    plan: compilePlan(rehearsal(items), { cores: 2, cache: 'off', sendAheadMs }),
    code: { units: [], stageUnits: [0, 0], sourceUnit: -1 },
    clock: new RunClock(),
    makeWorker: () => {
      const worker = new StandIn();
      workers.push(worker);
      return worker;
    },
    turnsPerMs: 0,
    practice: 0,
    timerStepMs: 1,
    feed: new ReadyFeed(items, (index) => ({ index })),
    cachePort: null,
    reporter: new Reporter(() => {}),
    results: new Results(false),
    over: () => (isOver = true),
  });
  machine.prepare();
  for (let goesOn = true; goesOn && !isOver;) {
    goesOn = false;
    for (const worker of workers) if (worker.speak()) goesOn = true;
  }
  return machine.trace;
}
