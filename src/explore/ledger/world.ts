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
  /** Numbers of pairs at which to look; runs of a level, and of a curve, are as many as the first. */
  looks: readonly number[];
  /** For the job at hand, ms; the first look is made all the same. */
  budgetMs: number;
  /** How far the job at hand is, 0 … 1. */
  onShare: (share: number) => void;
}
