import type { Overheads } from '../../engine/runner.ts';
import type { FreshRunner } from './fresh-runner.ts';
import type { TrialOutcome } from './outcome.ts';

/** What jobs are handed: the machine and the clock. */
export interface World {
  runner: FreshRunner;
  now: () => number;
  /** Of this browser, where documents do not say. */
  cores: number;
  /** null: unknown, so nothing is predicted of what runs live. */
  overheads: Overheads | null;
  seed: number;
  cacheNamespace: string;
  /** Numbers of pairs (or runs) at which to look, ascending. */
  looks: readonly number[];
  /** How far it is to the next look, 0 … 1. */
  onShare: (share: number) => void;
}

/**
 * A job that runs live, a look at a time: what is known at each, as long as more runs could change it; between two of
 * them nothing runs. What it returns is final; null: it was stopped.
 */
export type Measuring = AsyncGenerator<TrialOutcome[], TrialOutcome[] | null>;
