/**
 * What the page and the coordinator in the sandbox say to each other: plain data only, one union each
 * way. Nothing is exposed or proxied on this port. What comes out of the frame is checked before the
 * page believes it: see `check-border.ts`.
 */
import type { CounterFacts } from '../base/counter-port.ts';
import type {
  Calibration,
  Delay,
  DeliveredResult,
  DispatchTrick,
  LogLine,
  SilentWorker,
} from '../engine/runner.ts';
import type { Model, Pipeline } from '../pipeline/types.ts';
import type { TraceChunk } from '../trace/builder.ts';
import type { CompiledCode } from './compile/unit.ts';
import { logLinesMax } from './wire.ts';

export interface FrameRun {
  pipeline: Pipeline;
  code: CompiledCode;
  /** What this browser reports. */
  cores: number;
  cache: 'on' | 'off';
  keepResults: boolean;
  /** Somebody looks on, and is told many times a second. */
  isWatched: boolean;
  /** From the start: its clock waits for `resume`. */
  isPaused: boolean;
  /** By stage id; see `RunRequest`. */
  delays: Readonly<Record<string, Delay>>;
  without: readonly DispatchTrick[];
  /** Tell of a worker that gives no sign of life for so long, ms. */
  silentAfterMs: number;
  /** End a worker that has been silent for so long, not less than `silentAfterMs`; null: only tell. */
  killSilentAfterMs: number | null;
}

/** To the coordinator. `start` carries the cache port, if there is one. */
export type ToFrame =
  | { type: 'start'; run: FrameRun }
  /** Source items that were asked for; `done`: there are no more. */
  | { type: 'items'; items: unknown[]; done: boolean }
  | { type: 'stop' }
  | { type: 'pause' }
  | { type: 'resume' }
  /** End a worker that was reported silent. */
  | { type: 'kill'; worker: number }
  /** Are you there? Answered at once with `here`. */
  | { type: 'look' }
  /** The answer to `want-counters`; comes with the port to storage, or says why there is none. */
  | { type: 'counters-open'; why: string | null }
  /** Write what counters have not written: the page may be going. */
  | { type: 'flush' }
  /** The run is killed: do no more, and tell what counters have acknowledged. */
  | { type: 'halt' }
  | { type: 'calibrate' }
  /** Another run follows, on the port that comes with it. */
  | { type: 'again' };

/** Place in a code unit as it was loaded (types stripped), 1-based. */
export interface UnitPlace {
  unit: number;
  line: number;
  column: number;
}

export interface FrameFailure {
  item: string;
  stage: string;
  attempt: number;
  message: string;
  place: UnitPlace | null;
  input: string;
}

/** Thrown by stage code where no task could catch it: in a timer, in a promise nobody waits for. */
export interface FrameStray {
  message: string;
  /** null: nothing tells which. */
  stage: string | null;
  /** The only item that can have done it; null: there are several. */
  item: string | null;
  place: UnitPlace | null;
}

/** A counter as the coordinator knows it. */
export interface FrameCounter extends Omit<CounterFacts, 'lost'> {
  /** Updates that storage had when the run first used it. */
  updatesBefore: number;
  /** Updates of this run that `value` has in it, acknowledged or not. */
  applied: number;
  /** Those of them that storage has, as far as is known. */
  committed: number;
}

/** From the coordinator. */
export type FromFrame =
  /** Until the clock stops: ten times a second at most, once a second where nobody looks on. */
  | {
      type: 'beat';
      chunk: TraceChunk | null;
      queued: number[];
      running: number[];
      blocked: number[];
      silent: SilentWorker[];
    }
  /** The answer to `look`. */
  | { type: 'here' }
  /** Bring so many more source items (files, corpus). */
  | { type: 'want'; count: number }
  /** Stage code counts: a way to storage is wanted. */
  | { type: 'want-counters' }
  /** All there are, whenever one has changed. `halted`: the answer to `halt`. */
  | { type: 'counters'; counters: FrameCounter[]; halted: boolean }
  | { type: 'failures'; failures: FrameFailure[]; omitted: number }
  /** `omitted`: lines so far that are in no message. */
  | { type: 'log'; lines: LogLine[]; omitted: number }
  | { type: 'stray'; stray: FrameStray }
  | { type: 'notice'; text: string }
  | { type: 'results'; results: DeliveredResult[] }
  | {
      type: 'finished';
      resultsDigest: string;
      resultsOmitted: number;
      models: Record<string, Model>;
      timerStepMs: number;
      error: FrameError | null;
    }
  | { type: 'calibrated'; calibration: Calibration }
  /** The other answer to `calibrate`; `why`: a sentence. */
  | { type: 'not-calibrated'; why: string };

/** What a run could not go on without. */
export interface FrameError {
  message: string;
  stage: string | null;
  place: UnitPlace | null;
}

/** How much of each kind is kept and believed. */
export const limits = {
  results: 10_000,
  resultBytes: 512 * 1024 * 1024,
  /**
   * What one result may hold to be shown: the page copies it on its own thread, some 3 to 9 ms a MB and 0.4 ms a
   * thousand objects, and is to answer within 100 ms.
   */
  oneResultBytes: 8 * 1024 * 1024,
  oneResultCost: 100_000,
  failures: 1000,
  logLines: logLinesMax,
  notices: 50,
  strays: 20,
  textLength: 4000,
  inputLength: 600,
  /** Rows of one chunk, and of a whole trace. */
  chunkRows: 2_000_000,
  traceRows: 50_000_000,
  modelEntries: 5000,
  wantedItems: 10_000,
} as const;

export const beatEveryMs = 100;
