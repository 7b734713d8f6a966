import { stageWorkerText } from 'virtual:millrace/frame';
import { compilePlan } from '../../src/engine/plan.ts';
import { idealOverheads, type Overheads } from '../../src/engine/runner.ts';
import { RunClock } from '../../src/live/coordinator/clock.ts';
import { LiveMachine } from '../../src/live/coordinator/live-machine.ts';
import { Reporter } from '../../src/live/coordinator/reporter.ts';
import { Results } from '../../src/live/coordinator/results.ts';
import { readyFeed } from '../../src/live/coordinator/source-feed.ts';
import type { Pipeline } from '../../src/pipeline/types.ts';
import { SimulatedMachine } from '../../src/simulate/simulated-machine.ts';
import { sourceCount } from '../../src/simulate/source-count.ts';
import { TraceBuilder } from '../../src/trace/builder.ts';
import { emptyMeta } from '../../src/trace/empty-trace.ts';
import type { Trace } from '../../src/trace/types.ts';
import { logScheduler, type LogEntry } from '../sim/scheduler-log.ts';
import { stepPrelude, type Step } from '../sim/stepped-document.ts';
import { liveParts } from './run-live.ts';

export interface LoggedRun {
  log: LogEntry[];
  trace: Trace;
}

const planOptions = { cores: 3, cache: 'off' as const };

/**
 * No two tasks end at one instant here. Durations are drawn, so they differ; but the finish of a fold is taken
 * to cost nothing when simulated, and a real one can't, so every task costs a microsecond more.
 */
const overheads: Overheads = { ...idealOverheads, startTaskMs: 0.001 };

/** A simulated run with all that passed between scheduler and machine. */
export function simulateLogged(pipeline: Pipeline): LoggedRun {
  const trace = new TraceBuilder(emptyMeta('simulated'));
  const plan = compilePlan(pipeline, planOptions);
  const machine = new SimulatedMachine(plan, trace, sourceCount(pipeline, 0)!, overheads);
  const log: LogEntry[] = [];
  logScheduler(machine, trace, (entry) => log.push(entry));
  machine.run();
  return { log, trace };
}

/** Nothing in a stepped run takes time, so whoever waits this long waits for ever. */
const patienceMs = 10_000;

/**
 * Runs the document on real stage workers, stepped: their tasks end one by one, in the order and the way of
 * `script`, each only when everything that comes before it there has happened here.
 *
 * The machine, the pool, the wire and the stage workers are those of the product; the coordinator's part runs
 * in this page instead of a worker of the frame, so that the test can hear it. Tasks are not sent ahead: that
 * trades the order between equals for fewer messages.
 */
export async function runStepped(
  pipeline: Pipeline,
  script: readonly LogEntry[],
): Promise<LoggedRun> {
  const compiled = await liveParts.compiler.compile(pipeline);
  if ('errors' in compiled) throw new Error(compiled.errors[0]!.message);
  const program = new Blob([stepPrelude, stageWorkerText], { type: 'text/javascript' });
  const stageWorkerUrl = URL.createObjectURL(program);
  const workers = listenForWorkers();
  try {
    return await new Promise<LoggedRun>((resolve, reject) => {
      const log: LogEntry[] = [];
      const machine = new LiveMachine({
        plan: compilePlan(pipeline, planOptions),
        code: compiled.code,
        clock: new RunClock(),
        makeWorker: (name) => new Worker(stageWorkerUrl, { name }),
        turnsPerMs: 0,
        practice: 0,
        timerStepMs: 0.005,
        feed: readyFeed(pipeline)!,
        cachePort: null,
        reporter: new Reporter(() => {}),
        results: new Results(false, { hasher: null, waitingBytesMax: Infinity }),
        over: (error) => {
          clearTimeout(patience);
          if (error) reject(new Error(error.message));
          else resolve({ log, trace: machine.trace });
        },
      });
      const stepper = new Stepper(script, log, (worker, step) =>
        workers.byLane.get(worker)!.postMessage({ step }),
      );
      const patience = setTimeout(() => {
        machine.stop();
        resolve({ log, trace: machine.trace });
      }, patienceMs);
      logScheduler(machine, machine.trace, (entry) => {
        log.push(entry);
        stepper.heard(entry);
      });
      machine.prepare();
    });
  } finally {
    workers.stopListening();
    URL.revokeObjectURL(stageWorkerUrl);
  }
}

/** Tells a worker to end the next task of the script when its turn has come. */
class Stepper {
  readonly #script: readonly LogEntry[];
  readonly #log: readonly LogEntry[];
  readonly #tell: (worker: number, step: Step) => void;
  /** Tasks begun so far, by worker and stage. */
  readonly #begun = new Map<string, number>();
  readonly #open = new Map<string, { worker: number; stage: string; call: number }>();
  #toldTo = -1;

  constructor(
    script: readonly LogEntry[],
    log: readonly LogEntry[],
    tell: (worker: number, step: Step) => void,
  ) {
    this.#script = script;
    this.#log = log;
    this.#tell = tell;
  }

  heard(entry: LogEntry): void {
    if (entry.what === 'start') {
      const { worker, stage } = entry;
      const call = this.#begun.get(`${worker} ${stage}`) ?? 0;
      this.#begun.set(`${worker} ${stage}`, call + 1);
      this.#open.set(entry.task, { worker, stage, call });
    }
    const at = this.#log.length;
    const next = this.#script[at];
    if (next?.what !== 'end' || next.outcome === 'cancelled' || this.#toldTo === at) return;
    const open = this.#open.get(next.task);
    if (!open) return;
    this.#toldTo = at;
    const codes = next.outputs ?? [-1];
    const { worker, stage, call } = open;
    this.#tell(worker, { stage, call, fails: next.outcome === 'failed', codes });
  }
}

/** The stage workers that are started from now on, by their lane. */
function listenForWorkers(): { byLane: Map<number, Worker>; stopListening(): void } {
  const byLane = new Map<number, Worker>();
  const RealWorker = globalThis.Worker;
  globalThis.Worker = class extends RealWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      const lane = /^stage worker (\d+)$/.exec(options?.name ?? '');
      if (lane) byLane.set(Number(lane[1]), this);
    }
  };
  return { byLane, stopListening: () => (globalThis.Worker = RealWorker) };
}
