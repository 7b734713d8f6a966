import type { CounterFacts } from '../base/counter-port.ts';
import type { Failure, Overheads, RunEnvironment, RunError } from '../engine/runner.ts';
import type { RunSummary } from '../measure/summary.ts';

/**
 * What the page offers as `globalThis.millraceHeadless` when it is opened at `#headless`: a terminal's
 * way to the live machine, with no interface drawn. Plain data both ways.
 */
export interface MillraceHeadless {
  /** @returns one entry a run; the series ends with the first that could not run (its `error` says why) */
  run(request: HeadlessRequest): Promise<HeadlessRun[]>;
  /** Measures this browser, in the same kind of workers that run stages. */
  calibrate(request: Record<string, never>): Promise<HeadlessCalibration>;
}

/** What the terminal offers that page. */
export interface HeadlessTerminal {
  /** Says something while a run goes on. */
  millraceSay?: (text: string) => void;
}

export interface HeadlessRequest {
  /** The document's text. */
  document: string;
  /** Runs, one after another, ≥ 1. */
  repeat: number;
  /** "off": neither read nor written. Absent: on. */
  cache?: 'on' | 'off';
}

export interface HeadlessRun {
  summary: RunSummary;
  failures: Failure[];
  failuresOmitted: number;
  notices: string[];
  /** What stage code counted with `ctx.counter`. */
  counters: CounterFacts[];
  /** What the run could not go on without; null when it ran. */
  error: RunError | null;
  environment: RunEnvironment | null;
  /** Of this run's work, 0 … 1 (`serialShare` in measure): meaningful when it ran sequentially. */
  serialShare: number;
}

export interface HeadlessCalibration {
  overheads: Overheads;
  /** Work two busy workers get done ÷ what one gets done, in the same time. */
  twoWorkerRatio: number;
}
