import type { CounterFacts } from '../base/counter-port.ts';
import type { Pipeline, Model } from '../pipeline/types.ts';
import type { Trace } from '../trace/types.ts';

/**
 * One whole run, whichever machine does it: what the page, the terminal and the experiments see.
 * `src/live` and `src/simulate` each implement `Runner`; everybody else is handed one.
 */
export interface Runner {
  /** Never throws: what goes wrong is in the report's `error`, beside what was done until then. */
  run(request: RunRequest): RunHandle;
}

/** How many times as long a stage's work, and its set-ups after the clock's start, take; ≥ 1. */
export interface Delay {
  service: number;
  setup: number;
}

/** A file the reader picked or dropped; read lazily, in the tab, sent nowhere. */
export interface InputFile {
  path: string;
  file: File;
}

/** What the live machine does for its messages to cost little: each can be left out, to show what it is worth. */
export type DispatchTrick =
  /** Workers get tasks before they have ended what they run; without it no ends are there to be gathered either. */
  | 'sending ahead'
  /** The more there is to do, the more they get. */
  | 'growing lanes'
  /** Ends are told many at a time. */
  | 'gathering ends'
  /** Items that are only numbered are made where they are used. */
  | 'making inputs'
  /** Buffers are moved where stage code says so. */
  | 'moving buffers'
  /** Many buffers are moved in several messages. */
  | 'cutting messages'
  /** No more items of a source come than workers need. */
  | 'holding back'
  /** What every task goes through has been gone through before the clock starts. */
  | 'practising';

export interface RunRequest {
  pipeline: Pipeline;
  /** "off": neither read nor written (the sequential baseline). */
  cache: 'on' | 'off';
  /** Which cache this run may see: set by the trusted side, never by the document. */
  cacheNamespace: string;
  /** For `source.kind: "files"`. */
  files?: readonly InputFile[];
  /** Simulated cores; the live machine only reports what it has. */
  cores?: number;
  /** Zero overheads, or those measured in this browser (simulated machine). */
  overheads?: Overheads;
  /**
   * Slows stages down, by their id (live machine only): the Coz way to verify a virtual speedup. Waits are asked
   * for that many times as long, CPU time is followed by spinning for the rest. Absent: as they are.
   */
  delays?: Readonly<Record<string, Delay>>;
  /**
   * The same object for all runs of one experiment, which follow each other and are compared: they may share what a
   * run is set up in (live machine). Absent: it shares nothing with any other.
   */
  series?: object;
  /** Dispatch without these (live machine): for benches. Absent: with all. */
  without?: readonly DispatchTrick[];
  /** Keep the delivered outputs (default true); the digest is taken whether or not. */
  keepResults?: boolean;
  /**
   * Hears of the run while it goes on, ten times a second at most. Absent: nobody looks on, and less of the machine is
   * spent on telling (live machine: once a second).
   */
  onProgress?: (progress: Progress) => void;
}

export interface RunHandle {
  readonly done: Promise<RunReport>;
  /** Cancels what runs; `done` still resolves, with what was done. */
  stop(): void;
  /**
   * Ends the run as a crash would: what counters have not written is lost, and then found out. Only the live
   * machine has any.
   */
  kill?(): void;
  pause(): void;
  resume(): void;
  /** Ends a worker that `Progress.silent` named; only the live machine has any. */
  endWorker?(worker: number): void;
}

export interface Progress {
  /** The record so far, growing. Rows once seen do not change. */
  trace: Trace;
  /** Items the source will bring in all, if known. */
  total: number | null;
  /** Queue length now, a stage; items inside. */
  queued: number[];
  running: number[];
  blocked: number[];
  /**
   * Workers that have given no sign of life for 10 s and more: they loop, or died without a word. Or they
   * have been at loading the stages' code all the time.
   */
  silent?: SilentWorker[];
}

/** Offered for killing on the page. */
export interface SilentWorker {
  worker: number;
  silentMs: number;
  tasks: { stage: string; item: string }[];
  /** Not ready yet: it is at the top level of a stage's code, or in its `setup()`. `stage` null: the source. */
  loading?: { stage: string | null; isSetUp: boolean };
}

export interface RunReport {
  trace: Trace;
  results: DeliveredResult[];
  /** More were delivered than are kept in `results`. */
  resultsOmitted: number;
  /** Order-free digest of all delivered outputs, hex; null: payloads do not exist (simulated), or `error` says why not. */
  resultsDigest: string | null;
  failures: Failure[];
  failuresOmitted: number;
  /** Things worth knowing that stopped nothing ("the cache is off: storage was refused"). One sentence each. */
  notices: string[];
  /** What the stage code printed with ctx.log. */
  log: LogLine[];
  /** More was printed than is kept in `log`; absent: nobody counted. */
  logOmitted?: number;
  /** What the run could not go on without; null when it ran. One sentence. */
  error: RunError | null;
  environment: RunEnvironment | null;
  /** What stage code has counted with ctx.counter; absent: nothing. */
  counters?: CounterFacts[];
  /** It was ended by `kill`. */
  killed?: true;
  /** Per code stage that ran: what it cost, measured here. */
  models: Record<string, Model>;
}

export interface RunError {
  message: string;
  stage?: string;
  /** Place in the stage's own code, 1-based. */
  line?: number;
  column?: number;
}

export interface DeliveredResult {
  /** "7", "7.0", "7~decode", "cluster" (the result of an all or fold is named by its stage). */
  item: string;
  stage: string;
  value: unknown;
}

export interface Failure {
  item: string;
  stage: string;
  attempt: number;
  message: string;
  /** Place in the stage's own code, 1-based, when the stack tells. */
  line?: number;
  column?: number;
  /** The input it failed on, if it can be shown (cut to a readable size). */
  input?: string;
}

export interface LogLine {
  timeMs: number;
  stage: string;
  item: string;
  text: string;
}

export interface RunEnvironment {
  browser: string;
  cores: number;
  isolated: boolean;
  /** Smallest step of the clock seen, ms. */
  timerStepMs: number;
  /** The tab was hidden during some of the run: browsers slow hidden tabs. */
  hidden: boolean;
}

/**
 * What this browser adds to the work itself, as calibration measures it (`live/coordinator/calibrate.ts`).
 * All in ms but where named; each number is of one machine in one browser.
 */
export interface Overheads {
  /** From the order to start a worker until it can take tasks: the lower of two starts. */
  startWorkerMs: number;
  /** CPU of the worker's thread a task, beside its work: out of its message, its end told. Many empty tasks, one message. */
  startTaskMs: number;
  /** CPU for each byte that a worker is sent, half of it on either thread: 2 MB there and back, against an empty task. */
  perByteMs: number;
  /** From one thread's sending a message until another that was idle hears it; no CPU. Half a bare round trip, less `turnMs`. */
  messageMs: number;
  /** CPU of the coordinator's thread for each message from a worker: read, and the next one written. */
  turnMs: number;
  /** CPU of the coordinator's thread for each task: its end noted, another chosen. The scheduler at a rehearsal. */
  dispatchMs: number;
  /** A wait alone on its thread ends so much late: the lower quartile of such waits. */
  wakeMs: number;
  /** Waits that share a thread last whole multiples of this: the timer's step. */
  timerStepMs: number;
  /**
   * What busy cores take from each other, as a share: n of them do the work of n ÷ (1 + contention × (n − 1)).
   * From two workers that burn at once, against each alone.
   */
  contention: number;
  /**
   * Cores that helpers want beside each core that runs cold code: the engine compiles it, and collects its garbage,
   * in threads of their own. They cost nothing while cores are idle. From new workers that run code for the first
   * time on all cores at once, against one alone.
   */
  helperShare: number;
}

/** A machine that costs nothing but the work. */
export const idealOverheads: Overheads = {
  startWorkerMs: 0,
  startTaskMs: 0,
  perByteMs: 0,
  messageMs: 0,
  turnMs: 0,
  dispatchMs: 0,
  wakeMs: 0,
  timerStepMs: 0,
  contention: 0,
  helperShare: 0,
};

/** What was found out about this browser. */
export interface Calibration {
  overheads: Overheads;
  /** Work that two busy workers get done ÷ what one gets done, in the same time: 2 ÷ (1 + contention). */
  twoWorkerRatio: number;
}
