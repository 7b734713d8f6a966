import type { Overheads, Runner } from '../../engine/runner.ts';
import type { MeasuredEnvironment } from '../../measure/environments.ts';
import type { Claim } from '../../scenarios/claims/claim.ts';
import { bothSeen, FreshRunner } from './fresh-runner.ts';
import { planJobs, type Job, type Test } from './jobs.ts';
import { cheapest, LiveJob, type MeasuredJob } from './live-job.ts';
import { looksOfMany, looksOfOne } from './looks.ts';
import type { ClaimOutcome, TrialOutcome } from './outcome.ts';
import { replay } from './replays.ts';
import { judgeClaim } from './verdict.ts';
import { untold } from './words.ts';

export interface LedgerOptions {
  claims: readonly Claim[];
  /** The live machine: nothing else may use it meanwhile. */
  runner: Runner;
  /** ms. */
  now: () => number;
  /** Of this browser. */
  cores: number;
  /** As calibrated; null: nothing is predicted of what runs live. */
  overheads: Overheads | null;
  /** Of the order within pairs, and of the intervals. */
  seed: number;
  /** A namespace of its own, and what lets go of all that is cached and counted there. */
  cacheNamespace: string;
  clear: () => Promise<void>;
  /** ms for all live trials together: each takes its first look all the same, what is left goes to those in doubt. */
  budgetMs?: number;
  /** Numbers of pairs, and of runs of one setting, at which to look, never fewer than 6; absent: as time allows. */
  looks?: readonly number[];
  /** Whether somebody sees the page now: what nobody saw at its first look is then looked at again; absent: always. */
  isInView?: () => boolean;
  /** Gives others their turn between two simulated trials. */
  breathe?: () => Promise<void>;
  /** As soon as the last trial of a claim has ended, or none is to be run; null: none of them ran live. */
  onOutcome?: (outcome: ClaimOutcome, environment: MeasuredEnvironment | null) => void;
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

/** 54 claims in three minutes, with what comes before and after runs; one by itself need not be as sparing. */
const budgetMsMax = 165_000;
const aloneBudgetMs = 30_000;
/** What the first look of a live job takes, until some have shown it. */
const guessMs = 3000;

/**
 * Puts claims to the test: what is simulated first, then a first look at each live job, once more at those that
 * were taken in a hidden tab, and then more at those that are still in doubt, the cheapest of them first, as long as there is time. Trials of the same document under the
 * same settings share their runs.
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
  readonly #budgetMs: number;
  #live: LiveJob[] = [];
  #beginMs = 0;
  /** Of the progress told last. */
  #share = 0;

  constructor(options: LedgerOptions) {
    const { claims, runner, clear } = options;
    this.#options = options;
    this.#runner = new FreshRunner(runner, clear);
    this.#budgetMs = options.budgetMs ?? Math.min(budgetMsMax, aloneBudgetMs * claims.length);
  }

  stop(): void {
    this.#runner.stop();
  }

  async conduct(): Promise<LedgerRun> {
    const { claims, now, breathe } = this.#options;
    for (const claim of claims) this.#told.set(claim, new Map());
    const { jobs, misfits } = await planJobs(claims);
    for (const { test, why } of misfits) this.#tell(test, untold(test.trial.name, '', why));
    for (const claim of claims) this.#endIfTold(claim);
    this.#beginMs = now();
    this.#live = jobs.flatMap((job) => (job.kind === 'replay' ? [] : this.#liveJob(job)));
    const played = jobs.filter((job) => job.kind === 'replay');
    for (const [at, job] of played.entries()) {
      if (this.#runner.isStopped) break;
      this.#progress(job, at / played.length);
      this.#tellAll(job, replay(job, this.#options));
      await breathe?.();
    }
    for (const live of this.#live) if (!this.#runner.isStopped) await this.#look(live);
    const { isInView = () => true } = this.#options;
    for (const live of this.#live.filter(({ isUnseen }) => isUnseen))
      if (!this.#runner.isStopped && isInView()) await this.#look(live);
    while (!this.#runner.isStopped) {
      const next = cheapest(this.#live, this.#budgetMs - (now() - this.#beginMs));
      if (next === null) break;
      await this.#look(next);
    }
    // A whole look counts, whether there was time for another one or not.
    for (const { job, outcomes, isOver } of this.#live)
      if (outcomes && !isOver) this.#tellAll(job, outcomes);
    return {
      ended: this.#runner.isStopped ? 'stopped' : 'done',
      outcomes: claims.flatMap((claim) => this.#outcomes.get(claim) ?? []),
      environment: this.#environmentOf(() => true),
    };
  }

  #liveJob(job: MeasuredJob): LiveJob {
    const { claims, looks } = this.#options;
    return new LiveJob(job, {
      ...this.#options,
      runner: this.#runner,
      looks: looks ?? (claims.length === 1 ? looksOfOne : looksOfMany),
      onShare: (share) => this.#progress(job, share),
    });
  }

  async #look(live: LiveJob): Promise<void> {
    const { now } = this.#options;
    const { tests } = live.job;
    this.#progress(live.job, 0);
    const startMs = now();
    await live.look();
    for (const { claim } of tests) {
      const tookMs = (now() - startMs) / tests.length;
      this.#tookMs.set(claim, (this.#tookMs.get(claim) ?? 0) + tookMs);
    }
    if (live.isOver) this.#tellAll(live.job, live.outcomes!);
  }

  #tellAll(job: Job, outcomes: readonly TrialOutcome[]): void {
    job.tests.forEach((test, index) => this.#tell(test, outcomes[index]!));
    for (const { claim } of job.tests) this.#endIfTold(claim);
  }

  #tell({ claim, trial }: Test, outcome: TrialOutcome): void {
    this.#told.get(claim)!.set(trial.name, outcome);
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
    const isOwn = ({ job }: LiveJob): boolean => job.tests.some((test) => test.claim === claim);
    this.#options.onOutcome?.(outcome, this.#environmentOf(isOwn));
  }

  #environmentOf(isMeant: (live: LiveJob) => boolean): MeasuredEnvironment | null {
    const places = this.#live.filter(isMeant).map(({ environment }) => environment);
    return places.reduce(bothSeen, null);
  }

  /** @param share of the job's look, or of all that is played */
  #progress(job: Job, share: number): void {
    const doneMs = this.#options.now() - this.#beginMs;
    const leftMs = this.#leftMs(job, share, doneMs);
    const whole = doneMs + leftMs;
    this.#share = Math.max(this.#share, whole > 0 ? doneMs / whole : share);
    const [first, ...others] = job.tests.map(({ claim, trial }) => {
      return { claim: claim.id, trial: trial.name };
    });
    this.#options.onProgress?.({ ...{ ...first!, others, leftMs }, share: this.#share });
  }

  /** First looks to come, and as many later ones as there is time for; an estimate. */
  #leftMs(job: Job, share: number, doneMs: number): number {
    const firstsMs = this.#live.flatMap((live) => live.firstMs ?? []);
    const usualMs =
      firstsMs.length > 0 ? firstsMs.reduce((sum, ms) => sum + ms, 0) / firstsMs.length : guessMs;
    let firstMs = 0;
    let laterMs = 0;
    for (const live of this.#live) {
      const open = live.job === job ? 1 - share : 1;
      if (live.firstMs === null) firstMs += open * usualMs;
      else laterMs += open * (live.nextMs ?? 0);
    }
    return firstMs + Math.min(laterMs, Math.max(0, this.#budgetMs - doneMs - firstMs));
  }
}
