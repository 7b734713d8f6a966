import { compilePlan } from '../../engine/plan.ts';
import type { CodeUnit } from '../compile/unit.ts';
import { plain } from '../../engine/machine.ts';
import { withDefaults } from '../../pipeline/defaults.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import { packEnds, unpackTasks } from '../packing.ts';
import { chunkBuffers, type TraceBuilder } from '../../trace/builder.ts';
import type { Trace } from '../../trace/types.ts';
import { cameInMessage } from '../came-in-message.ts';
import type { FromWorker, ToWorker, WireEnd, WireTask } from '../wire.ts';
import { epochMs, RunClock } from './clock.ts';
import { LiveMachine } from './live-machine.ts';
import { Reporter } from './reporter.ts';
import { Results } from './results.ts';
import { readyFeed } from './source-feed.ts';
import type { StageWorker } from './worker-link.ts';

/** Runs shorter than this begin at once. Tasks. */
const worthFrom = 1000;
/** Engines have compiled by then what every task goes through. */
const practiceMax = 10_000;
/** Half of the shortest. */
const practiceMin = 500;

/** In one message of a stand-in, in turns: few go as a list of numbers, many in a buffer (see `packEnds`). */
const endsAtOnce = [32, 96];
/** Where messages are not copied all go as lists: buffers are used again before these are read. */
const endsInPlace = [32];

/** Tasks from whose ends engines learn which numbers have fractions. */
const firstTasks = 256;

/** Runs and their tasks from which engines learn what comes once a run. */
const shortOnes = 2;
const shortTasks = 8;

/**
 * On how many tasks a run of so many practises: a short one on few, as the more have gone the same way, the longer engines
 * are at compiling it once more and better, and they would be at it while the clock runs. Of 6,000 buffers moved there and
 * back, in turns on 2 cores in Chromium 156: 36 ms after 1,500 tasks, 40 after 3,000, and
 * with more of them for the coordinator alone 54 after 6,000, 76 after 10,000.
 */
export const tasksToPractise = (tasks: number): number =>
  tasks < worthFrom ? 0 : Math.min(practiceMax, Math.max(practiceMin, Math.ceil(tasks / 4)));

/** What goes through the run that is rehearsed for: numbers that workers make, values, buffers that are moved. */
export type Goods = 'counted' | 'values' | 'buffers';

/** Two stages in a row: items come from the source and from a stage, go to a stage and out. */
const rehearsalPipeline = (values: unknown[] | null, items: number): Pipeline => {
  const work = { kind: 'code' as const, source: '' };
  const pipeline = withDefaults({
    format: 'millrace/1',
    source: values ? { kind: 'values', values } : { kind: 'count', count: items },
    stages: [
      { id: 'first', work },
      { id: 'second', after: ['first'], work },
    ],
    machine: { workers: 2 },
  });
  return cameInMessage(pipeline);
};

const valueOf = (goods: Goods, index: number): unknown =>
  goods === 'buffers' ? new Uint8Array(8) : { index };

const unit = (moves: boolean): CodeUnit =>
  cameInMessage({ name: '', pieces: [], imports: [], moves, digest: '' });

/** Answers at once and from the same thread: every task ends with its own input. */
class StandIn implements StageWorker {
  readonly #copies: boolean;
  onmessage: Worker['onmessage'] = null;
  onmessageerror: Worker['onmessageerror'] = null;
  onerror: Worker['onerror'] = null;
  #answers: FromWorker[] = [];

  /** @param copies messages are copied as they are on their way from a worker. */
  constructor(copies: boolean) {
    this.#copies = copies;
  }

  postMessage(message: ToWorker): void {
    if (message.type === 'load') this.#answers.push({ type: 'ready' });
    if (message.type !== 'tasks') return;
    const tasks: WireTask[] = [];
    unpackTasks(message.tasks, tasks);
    const sizes = this.#copies ? endsAtOnce : endsInPlace;
    for (let from = 0, nth = 0; from < tasks.length; nth++) {
      const size = sizes[nth % sizes.length]!;
      const ends = packEnds(tasks.slice(from, from + size).map(endOf));
      const answer: FromWorker = { type: 'ends', ends };
      this.#answers.push(this.#copies ? cameInMessage(answer) : answer);
      from += size;
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
  const endMs = epochMs();
  // No whole number among them: engines tell those apart.
  const times = { startMs: endMs - 0.01, endMs, setupMs: 0.003, waitedMs: 0.005 };
  // What the source counts is made by the worker.
  const values = [input ?? { index: item }];
  return { task, number, ...times, fault: null, codes: [plain], values, entryFaults: [] };
}

/**
 * Sends so many tasks, and a few beforehand, the whole way through a coordinator whose workers are stand-ins. In a fresh
 * sandbox all code is new to the engine: without this it would be compiled while the clock runs, and on few cores at the
 * cost of the work itself. To be called before anything of the run is made: objects that are older than what engines
 * learned of their kind are of another make to them. All it is made of has the fields of the real run's, in their order:
 * what engines compile is good for objects of one make.
 */
export function rehearse(tasks: number, sendAheadMs: number, goods: Goods): Trace {
  // No whole number: as with the times of an end.
  const aheadMs = sendAheadMs + 0.001;
  for (let i = 0; i < shortOnes; i++) rehearseOnce(shortTasks, aheadMs, goods);
  if (tasks > firstTasks) moveChunk(rehearseOnce(firstTasks, aheadMs, goods));
  return rehearseOnce(tasks, aheadMs, goods);
}

/** Sends so many tasks the same way, each by itself, once, and without what copying messages takes: it is measured. */
export const rehearseBare = (tasks: number): Trace => rehearseOnce(tasks, 0, 'counted', false);

/**
 * As a beat is moved to the page. At the first one Chromium throws away most of what it has compiled that reads typed
 * arrays ("property cell changed" in its traces), so it comes before what is to last.
 */
function moveChunk(trace: TraceBuilder): void {
  const chunk = trace.chunk(Infinity);
  structuredClone(chunk, { transfer: chunkBuffers(chunk) });
}

function rehearseOnce(
  tasks: number,
  sendAheadMs: number,
  goods: Goods,
  copies = true,
): TraceBuilder {
  const items = Math.ceil(tasks / 2);
  const values =
    goods === 'counted' ? null : Array.from({ length: items }, (_, index) => valueOf(goods, index));
  const pipeline = rehearsalPipeline(values, items);
  const workers: StandIn[] = [];
  let isOver = false;
  const machine = new LiveMachine({
    plan: compilePlan(pipeline, { cores: 2, cache: 'off', sendAheadMs, sendsNoMore: false }),
    code: cameInMessage({ units: [unit(goods === 'buffers')], stageUnits: [0, 0], sourceUnit: -1 }),
    clock: new RunClock(),
    makeWorker: () => {
      const worker = new StandIn(copies);
      workers.push(worker);
      return worker;
    },
    // No whole numbers, here as well.
    turnsPerMs: 0.5,
    practice: 0,
    timerStepMs: 0.005,
    delays: {},
    without: [],
    feed: readyFeed(pipeline)!,
    cachePort: null,
    asks: undefined,
    reporter: new Reporter(() => {}),
    results: new Results(false, { hasher: null, waitingBytesMax: Infinity }),
    over: () => (isOver = true),
  });
  machine.prepare();
  for (let goesOn = true; goesOn && !isOver;) {
    goesOn = false;
    for (const worker of workers) if (worker.speak()) goesOn = true;
  }
  return machine.trace;
}
