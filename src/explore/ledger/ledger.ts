import { idealOverheads, type Overheads, type Runner } from '../../engine/runner.ts';
import type { MeasuredEnvironment } from '../../measure/environments.ts';
import { plannedLooks } from '../../measure/speedup.ts';
import type { Claim } from '../../scenarios/claims/claim.ts';
import { measureCurve } from './curves.ts';
import { FreshRunner } from './fresh-runner.ts';
import { planJobs, type Job, type Test } from './jobs.ts';
import { measureLevel } from './levels.ts';
import type { ClaimOutcome, TrialOutcome } from './outcome.ts';
import { measurePairs } from './pairs.ts';
import { replay } from './replays.ts';
import { judgeClaim } from './verdict.ts';
import { untold } from './words.ts';
import type { World } from './world.ts';

export interface LedgerOptions {
  claims: readonly Claim[];
  /** The live machine: nothing else may use it meanwhile. */
  runner: Runner;
  /** ms. */
  now: () => number;
  /** Of this browser. */
  cores: number;
  /** As calibrated; null: predictions are of a machine that costs nothing beside the work. */
  overheads: Overheads | null;
  /** Of the order within pairs, and of the intervals. */
  seed: number;
  /** A namespace of its own, and what lets go of all that is cached and counted there. */
  cacheNamespace: string;
  clear: () => Promise<void>;
  /** All live trials together end within about this, ms; each makes its first look all the same. */
  budgetMs?: number;
  /** Numbers of pairs at which to look, never fewer than 6. The first is made however short the time. */
  looks?: readonly number[];
  /** Pairs, and runs of one setting, from which on what is settled needs no more of them; absent: 12. */
  enough?: number;
  /** Gives others their turn between two simulated trials. */
  breathe?: () => Promise<void>;
  /** As soon as the last trial of a claim has ended, or none is to be run. */
  onOutcome?: (outcome: ClaimOutcome) => void;
  onProgress?: (progress: LedgerProgress) => void;
}

export interface LedgerProgress {
  claim: string;
  /** Its name. */
  trial: string;
  /** Trials that share this one's runs. */
  others: { claim: string; trial: string }[];
  /** Of the whole ledger, 0 … 1. */
  share: number;
  /** ms; an estimate. */
  leftMs: number;
}

export interface LedgerRun {
  ended: 'done' | 'stopped';
  /** Of the claims that came to their end, in the order of `claims`. */
  outcomes: ClaimOutcome[];
  /** Where the live trials ran; null: there was none. */
  environment: MeasuredEnvironment | null;
}

export interface Ledger {
  readonly done: Promise<LedgerRun>;
  /** Ends the run under way; the trial it was of is not told of. */
  stop(): void;
}

/** Where time is short seven pairs that agree tell a direction: one in 64 does so by chance (the sign test). */
const usualLooks = [7, ...plannedLooks];
const usuallyEnough = plannedLooks[0]!;
/** 54 claims in three minutes, with what comes before and after runs. */
const usualBudgetMs = 140_000;
/** What a live trial takes, until some have shown it. */
const guessMs = 4000;

/**
 * Puts claims to the test, one trial after another: those that are simulated first, then the live ones, each with its
 * share of the time that is left. Trials of the same document under the same settings share their runs.
 */
export function startLedger(options: LedgerOptions): Ledger {
  const conducted = new Conducted(options);
  return { done: conducted.conduct(), stop: () => conducted.stop() };
}

class Conducted {
  readonly #options: LedgerOptions;
  readonly #runner: FreshRunner;
  readonly #told = new Map<Claim, Map<string, TrialOutcome>>();
  readonly #tookMs = new Map<Claim, number>();
  readonly #outcomes = new Map<Claim, ClaimOutcome>();
  readonly #liveMs: number[] = [];
  #jobs: Job[] = [];

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#runner = new FreshRunner(options.runner, options.clear);
  }

  stop(): void {
    this.#runner.stop();
  }

  async conduct(): Promise<LedgerRun> {
    const { claims, now, budgetMs = usualBudgetMs, breathe } = this.#options;
    for (const claim of claims) this.#told.set(claim, new Map());
    const { jobs, misfits } = await planJobs(claims);
    this.#jobs = jobs;
    for (const { test, why } of misfits) this.#tell(test, untold(test.trial.name, '', why), 0);
    for (const claim of claims) this.#endIfTold(claim);
    const beginMs = now();
    for (const [at, job] of jobs.entries()) {
      if (this.#runner.isStopped) break;
      const startMs = now();
      const leftMs = Math.max(0, budgetMs - (startMs - beginMs));
      const outcomes = await this.#run(job, at, this.#budgetMs(leftMs, jobs.length - at - 1)).catch(
        // The others can be tested all the same.
        (error: unknown) =>
          job.tests.map(({ trial }) =>
            untold(
              trial.name,
              '',
              `The trial broke off: ${String((error as Error)?.message ?? error)}`,
            ),
          ),
      );
      if (outcomes === null) break;
      const tookMs = now() - startMs;
      if (job.kind !== 'replay') this.#liveMs.push(tookMs);
      job.tests.forEach((test, index) =>
        this.#tell(test, outcomes[index]!, tookMs / job.tests.length),
      );
      for (const { claim } of job.tests) this.#endIfTold(claim);
      if (job.kind === 'replay') await breathe?.();
    }
    return {
      ended: this.#runner.isStopped ? 'stopped' : 'done',
      outcomes: claims.flatMap((claim) => this.#outcomes.get(claim) ?? []),
      environment: this.#runner.environment,
    };
  }

  /**
   * For a live job with so many to come: most are settled at their first look, so one that is not may take more than
   * its share, up to what the others usually take.
   */
  #budgetMs(leftMs: number, later: number): number {
    const spareMs = leftMs - later * this.#usualMs();
    return Math.max(leftMs / (later + 1), Math.min(spareMs, leftMs / 4));
  }

  #usualMs(): number {
    const done = this.#liveMs.reduce((sum, ms) => sum + ms, 0);
    return this.#liveMs.length > 0 ? done / this.#liveMs.length : guessMs;
  }

  async #run(job: Job, at: number, budgetMs: number): Promise<TrialOutcome[] | null> {
    const { now, cores, overheads, seed, cacheNamespace } = this.#options;
    const { looks = usualLooks, enough = usuallyEnough } = this.#options;
    const world: World = {
      ...{ runner: this.#runner, now, cores, seed, cacheNamespace, looks, enough, budgetMs },
      overheads: overheads ?? idealOverheads,
      onShare: (share) => this.#progress(job, at, share),
    };
    world.onShare(0);
    switch (job.kind) {
      case 'replay':
        return replay(job, world);
      case 'compare':
        return measurePairs(job, world);
      case 'level':
        return measureLevel(job, world);
      case 'curve':
        return measureCurve(job, world);
    }
  }

  #tell({ claim, trial }: Test, outcome: TrialOutcome, tookMs: number): void {
    this.#told.get(claim)!.set(trial.name, outcome);
    this.#tookMs.set(claim, (this.#tookMs.get(claim) ?? 0) + tookMs);
  }

  /** Once all its trials are through. */
  #endIfTold(claim: Claim): void {
    const told = this.#told.get(claim)!;
    if (this.#outcomes.has(claim) || told.size < claim.trials.length) return;
    const trials = claim.trials.map(({ name }) => told.get(name)!);
    const outcome: ClaimOutcome = {
      id: claim.id,
      verdict: judgeClaim(claim, trials),
      trials,
      tookMs: this.#tookMs.get(claim) ?? 0,
    };
    this.#outcomes.set(claim, outcome);
    this.#options.onOutcome?.(outcome);
  }

  #progress(job: Job, at: number, share: number): void {
    const usualMs = this.#usualMs();
    const weigh = ({ kind }: Job): number => (kind === 'replay' ? 0 : usualMs);
    const later = this.#jobs.slice(at + 1).reduce((sum, one) => sum + weigh(one), 0);
    const leftMs = later + weigh(job) * (1 - share);
    const wholeMs = this.#jobs.reduce((sum, one) => sum + weigh(one), 0);
    const [first, ...others] = job.tests.map(({ claim, trial }) => {
      return { claim: claim.id, trial: trial.name };
    });
    this.#options.onProgress?.({
      ...{ ...first!, others, leftMs },
      share: wholeMs > 0 ? 1 - leftMs / wholeMs : (at + share) / this.#jobs.length,
    });
  }
}
