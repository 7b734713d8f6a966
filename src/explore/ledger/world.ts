import type { Overheads } from '../../engine/runner.ts';
import type { FreshRunner } from './fresh-runner.ts';

/** What jobs are handed: the machine, the clock, and how much of both they may use. */
export interface World {
  runner: FreshRunner;
  now: () => number;
  /** Of this browser, where documents do not say. */
  cores: number;
  overheads: Overheads;
  seed: number;
  cacheNamespace: string;
  /** Numbers of pairs at which to look; levels and curves take as many runs as the first when the time is up. */
  looks: readonly number[];
  /** Pairs (or runs) from which on what is settled needs no more of them. */
  enough: number;
  /** For the job at hand, ms; the first look is made all the same. */
  budgetMs: number;
  /** How far the job at hand is, 0 … 1. */
  onShare: (share: number) => void;
}
