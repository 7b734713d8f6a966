import type { CounterFacts } from '../base/counter-port.ts';
import type { Calibration, Failure, RunEnvironment, RunError } from '../engine/runner.ts';
import type { ExperimentState } from '../explore/experiment.ts';
import type { LedgerResult } from '../explore/ledger/outcome.ts';
import type { RunSummary } from '../measure/summary.ts';

/**
 * What the page offers as `globalThis.millraceHeadless` when it is opened at `#headless`: a terminal's
 * way to the live machine, with no interface drawn. Plain data both ways.
 */
export interface MillraceHeadless {
  /** @returns one entry a run; the series ends with the first that could not run (its `error` says why) */
  run(request: HeadlessRequest): Promise<HeadlessRun[]>;
  /** Runs documents in turns, until every interval is narrow or the time is up. */
  compare(request: HeadlessComparison): Promise<HeadlessCompared>;
  /** Puts claims to the test, with predictions of this browser as it is calibrated first. */
  ledger(request: HeadlessLedger): Promise<Omit<LedgerResult, 'measuredAt'>>;
  /** Measures this browser, in the same kind of workers that run stages. */
  calibrate(request: Record<string, never>): Promise<Calibration>;
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

export interface HeadlessComparison {
  /** The first is what the others are compared with; one alone is measured and compared with nothing. */
  contenders: { name: string; document: string }[];
  /** Of the order within each round. */
  seed: number;
  /** ms; at least the first look is made. */
  budgetMs: number;
}

export interface HeadlessCompared {
  state: ExperimentState;
  /** One entry a contender. */
  measured: HeadlessMeasured[];
  /** null: nothing ran. */
  environment: RunEnvironment | null;
}

export interface HeadlessMeasured {
  /** Order-free digest of the delivered outputs; null: it differs from run to run. */
  results: string | null;
}

export interface HeadlessLedger {
  /** Ids of the claims; absent: all. */
  claims?: readonly string[];
}
