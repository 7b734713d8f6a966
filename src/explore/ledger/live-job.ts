import type { MeasuredEnvironment } from '../../measure/environments.ts';
import { measureCurve } from './curves.ts';
import type { CurveJob, LevelJob, PairsJob } from './jobs.ts';
import { measureLevel } from './levels.ts';
import type { TrialOutcome } from './outcome.ts';
import { measurePairs } from './pairs.ts';
import { bothSeen } from './fresh-runner.ts';
import { brokenOff, untold } from './words.ts';
import type { Measuring, World } from './world.ts';

export type MeasuredJob = PairsJob | LevelJob | CurveJob;

/** A job that is run, a look at a time, with pauses between them as long as one likes. */
export class LiveJob {
  readonly job: MeasuredJob;
  readonly #world: World;
  #measuring: Measuring;
  #outcomes: TrialOutcome[] | null = null;
  #isOver = false;
  #isUnseen = false;
  #environment: MeasuredEnvironment | null = null;
  #looks = 0;
  #allMs = 0;
  #firstMs: number | null = null;

  constructor(job: MeasuredJob, world: World) {
    this.job = job;
    this.#world = world;
    this.#measuring = measuringOf(job, world);
  }

  /**
   * Takes the next look; after a first one that nobody saw, the first again. A trial that breaks off is over, and the
   * others can be tested all the same. Where it is stopped, what was known before is all there is.
   */
  async look(): Promise<void> {
    const { runner, now } = this.#world;
    const startMs = now();
    if (this.#isUnseen) this.#measuring = measuringOf(this.job, this.#world);
    runner.takeEnvironment();
    let step: Awaited<ReturnType<Measuring['next']>>;
    try {
      step = await this.#measuring.next();
    } catch (error) {
      step = { done: true, value: this.job.tests.map(({ trial }) => brokenOff(trial, error)) };
    }
    if (step.value === null || runner.isStopped) return;
    const environment = runner.takeEnvironment();
    const tookMs = now() - startMs;
    this.#firstMs ??= tookMs;
    if (environment?.hidden) {
      // What was seen before stands, and where it was seen.
      this.#isOver = this.#looks > 0;
      if (this.#isOver) return;
      this.#isUnseen = true;
      this.#outcomes = this.job.tests.map(({ trial }) => untold(trial.name, '', hidden));
      this.#environment = environment;
      return;
    }
    this.#environment = this.#isUnseen ? environment : bothSeen(this.#environment, environment);
    this.#isUnseen = false;
    this.#outcomes = step.value;
    this.#isOver = step.done === true;
    this.#allMs += tookMs;
    this.#looks++;
  }

  /** Its first look was in a hidden tab, so nothing is known of it: it may be taken again. */
  get isUnseen(): boolean {
    return this.#isUnseen;
  }

  /** Where the looks were that count; null: nowhere. */
  get environment(): MeasuredEnvironment | null {
    return this.#environment;
  }

  /** One a trial, as of the last look; null: there was none. */
  get outcomes(): readonly TrialOutcome[] | null {
    return this.#outcomes;
  }

  /** Nothing more will be known. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** ms that the first look took; null: it was not taken. */
  get firstMs(): number | null {
    return this.#firstMs;
  }

  /** ms that the next look will take, an estimate; null: there is none, or the first is still to come. */
  get nextMs(): number | null {
    if (this.#isOver || this.#looks === 0) return null;
    const { looks } = this.#world;
    const [runs, next] = [looks[this.#looks - 1]!, looks[this.#looks]!];
    // Warm-ups count as a run more.
    return (this.#allMs / (runs + 1)) * (next - runs);
  }
}

const hidden = 'The tab was hidden meanwhile, which slows it: run it again in view.';

function measuringOf(job: MeasuredJob, world: World): Measuring {
  switch (job.kind) {
    case 'compare':
      return measurePairs(job, world);
    case 'level':
      return measureLevel(job, world);
    case 'curve':
      return measureCurve(job, world);
  }
}

/** The one whose next look takes the least time; null: none is open, or none has one that fits into so many ms. */
export function cheapest(jobs: readonly LiveJob[], leftMs: number): LiveJob | null {
  let found: LiveJob | null = null;
  for (const job of jobs)
    if (job.nextMs !== null && job.nextMs <= leftMs && job.nextMs < (found?.nextMs ?? Infinity))
      found = job;
  return found;
}
