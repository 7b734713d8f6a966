import { SeededRandom } from '../base/seeded-random.ts';
import type { RunHandle, RunReport, RunRequest, Runner } from '../engine/runner.ts';
import { SignBoundaries } from '../measure/sign-boundaries.ts';
import {
  familyError,
  isPrecise,
  pairedSpeedup,
  plannedLooks,
  type Speedup,
} from '../measure/speedup.ts';
import { targetTimes, type TargetTimes } from '../measure/targets.ts';
import { whyUseless, WorkDone } from './comparable.ts';

export interface Contender {
  name: string;
  request: RunRequest;
}

export interface ExperimentOptions {
  runner: Runner;
  /** The first is what the others are compared with. One alone is measured and compared with nothing. */
  contenders: readonly Contender[];
  seed: number;
  /** Ends after the first look past this much time, ms by `now`; at least the first look is made. */
  budgetMs: number;
  now: () => number;
  /** Numbers of pairs at which to look, ascending; absent: `plannedLooks`. Fewer than 6 pairs never tell anything. */
  looks?: readonly number[];
  /** The contenders do different work on purpose: their results are not compared. */
  mayDiffer?: boolean;
  /** After each run, with all that is known so far. */
  onUpdate?: (state: ExperimentState) => void;
  /** Each run's report, e.g. to keep the last traces; warm-ups have round 0. */
  onReport?: (contender: number, round: number, report: RunReport) => void;
}

export interface ComparisonState {
  name: string;
  /** The reference's time ÷ this contender's time, one for each round. */
  ratios: number[];
  /** As of the last look; null before the first. */
  speedup: Speedup | null;
  /** One a look: how the interval narrows. */
  looks: Speedup[];
  /** Pairs that might contradict a verdict at the last look: for intervals of other quantities of the same runs. */
  votes?: number;
  /**
   * In place of a speedup: it did not do the same work, or did not run at all. One sentence; it is left out
   * of the rounds from then on.
   */
  differentWork: string | null;
}

export interface ExperimentState {
  phase: 'warm-up' | 'running' | 'done';
  /** Complete rounds. */
  rounds: number;
  /** Pairs at which the next look is taken; null: no more. */
  nextLook: number | null;
  /** Makespans of each contender, ms, one for each round it was in. */
  makespansMs: number[][];
  /** Of the same runs, what targets are held against. */
  targetTimes: TargetTimes[][];
  /** When each of them began, ms after the experiment did, by `now`. */
  startsMs: number[][];
  /** One for each contender but the first. */
  comparisons: ComparisonState[];
  ended: null | 'precise' | 'budget' | 'looks' | 'stopped' | 'failed' | 'different work';
  /** One sentence when it ended for a reason the reader should know; else "". */
  note: string;
}

export interface Experiment {
  readonly done: Promise<ExperimentState>;
  /** Ends the run under way; rounds complete so far are kept. */
  stop(): void;
}

/**
 * Runs the contenders interleaved: one unrecorded warm-up each, then rounds of one run each in an order
 * that the seed shuffles, so that a machine that drifts drifts for all alike. Looks are taken after
 * the planned numbers of pairs only; it ends when every interval is within ± 2 %, the budget is
 * spent, or the planned looks are used up. A contender that fails or does other work than the first is left out
 * from then on; when none is left to compare, or the first one fails, it is over.
 */
export function startExperiment(options: ExperimentOptions): Experiment {
  const conducted = new Conducted(options);
  return { done: conducted.toItsEnd(), stop: () => conducted.stop() };
}

/**
 * The same a look at a time: each is taken when it is asked for, the next one having no end but the last of the planned
 * looks, and between two of them nothing runs. What it returns is the state it ended in.
 */
export const experimentByLooks = (
  options: Omit<ExperimentOptions, 'budgetMs'>,
): AsyncGenerator<ExperimentState, ExperimentState> =>
  new Conducted({ ...options, budgetMs: Infinity }).lookByLook();

class Conducted {
  private readonly options: ExperimentOptions;
  private readonly state: ExperimentState;
  private readonly random: SeededRandom;
  private readonly done = new WorkDone();
  private readonly looks: readonly number[];
  private readonly boundaries: SignBoundaries[];
  private readonly startMs: number;
  /** Its runs may share what they are set up in. */
  private readonly series = {};
  private handle: RunHandle | null = null;
  private isStopped = false;

  constructor(options: ExperimentOptions) {
    this.options = options;
    const { contenders, looks = plannedLooks } = options;
    this.looks = looks;
    this.startMs = options.now();
    this.random = new SeededRandom(options.seed);
    const others = contenders.slice(1);
    // Several contenders are several chances to be wrong.
    this.boundaries = others.map(() => new SignBoundaries(familyError / others.length));
    this.state = {
      phase: 'warm-up',
      rounds: 0,
      nextLook: looks[0]!,
      makespansMs: contenders.map(() => []),
      targetTimes: contenders.map(() => []),
      startsMs: contenders.map(() => []),
      comparisons: others.map(({ name }) => {
        return { name, ratios: [], speedup: null, looks: [], differentWork: null };
      }),
      ended: null,
      note: '',
    };
  }

  stop(): void {
    this.isStopped = true;
    this.handle?.stop();
  }

  async toItsEnd(): Promise<ExperimentState> {
    const looks = this.lookByLook();
    for (;;) {
      const { done, value } = await looks.next();
      if (done) return value;
      // One alone has no interval that more rounds would narrow.
      if (value.comparisons.length === 0) return this.end('looks');
      if (this.intervals().every((speedup) => isPrecise(speedup))) return this.end('precise');
      if (this.isTimeUp()) return this.end('budget');
    }
  }

  async *lookByLook(): AsyncGenerator<ExperimentState, ExperimentState> {
    const { state } = this;
    for (let index = 0; index < this.options.contenders.length; index++) {
      const ran = await this.runOne(index, 0);
      if (ran === 'over') return state;
      this.update();
    }
    if (this.isNoneLeft()) return this.state;
    state.phase = 'running';
    for (const [index, planned] of this.looks.entries()) {
      state.nextLook = planned;
      while (state.rounds < planned && !(this.isTimeUp() && state.rounds >= this.looks[0]!)) {
        if (!(await this.runRound())) return state;
        this.update();
      }
      this.look(index);
      this.update();
      yield state;
    }
    return this.end('looks');
  }

  /** One run of each that is still in, in a new order; false: the experiment is over. */
  private async runRound(): Promise<boolean> {
    const { state } = this;
    const times: (TargetTimes | null)[] = this.options.contenders.map(() => null);
    const starts: number[] = [];
    for (const index of this.random.shuffle(times.map((_, index) => index))) {
      if (!this.isIn(index)) continue;
      starts[index] = this.options.now() - this.startMs;
      const ran = await this.runOne(index, state.rounds + 1);
      if (ran === 'over') return false;
      if (ran !== 'out') times[index] = ran;
    }
    if (this.isNoneLeft()) return false;
    times.forEach((time, index) => {
      if (time === null || !this.isIn(index)) return;
      state.makespansMs[index]!.push(time.totalMs);
      state.targetTimes[index]!.push(time);
      state.startsMs[index]!.push(starts[index]!);
      if (index > 0) state.comparisons[index - 1]!.ratios.push(times[0]!.totalMs / time.totalMs);
    });
    state.rounds++;
    return true;
  }

  /** Gives its times; 'out': it cannot be compared; 'over': nothing can. */
  private async runOne(index: number, round: number): Promise<TargetTimes | 'out' | 'over'> {
    const { runner, contenders, onReport } = this.options;
    const { name, request } = contenders[index]!;
    if (!this.isStopped) {
      this.handle = runner.run({ keepResults: false, ...request, series: this.series });
      const report = await this.handle.done;
      this.handle = null;
      if (!this.isStopped) {
        onReport?.(index, round, report);
        return this.judge(index, name, report);
      }
    }
    this.end('stopped');
    return 'over';
  }

  private judge(index: number, name: string, report: RunReport): TargetTimes | 'out' | 'over' {
    const why = whyUseless(name, report);
    if (why !== null && index === 0) {
      this.end('failed', why);
      return 'over';
    }
    if (why !== null) this.leaveOut(index, why);
    else this.done.note(index, report);
    return why === null ? targetTimes(report.trace) : 'out';
  }

  /** Leaves out who did other work than the first; true: that ended it. */
  private isNoneLeft(): boolean {
    const { state, options } = this;
    const reference = `"${options.contenders[0]!.name}"`;
    let failed = false;
    state.comparisons.forEach((comparison, index) => {
      failed ||= comparison.differentWork !== null;
      if (comparison.differentWork !== null || options.mayDiffer) return;
      const why = this.done.whyNotSame(index + 1, comparison.name, reference);
      if (why !== null) this.leaveOut(index + 1, why);
    });
    const { comparisons } = state;
    if (comparisons.length === 0 || comparisons.some((one) => one.differentWork === null))
      return false;
    this.end(failed ? 'failed' : 'different work', comparisons[0]!.differentWork!);
    return true;
  }

  private leaveOut(index: number, why: string): void {
    const comparison = this.state.comparisons[index - 1]!;
    comparison.differentWork = why;
    comparison.speedup = null;
  }

  private isIn(index: number): boolean {
    return index === 0 || this.state.comparisons[index - 1]!.differentWork === null;
  }

  /** Of the experiment, by pairs or by time, whichever is further. */
  private shareOver(): number {
    const { rounds } = this.state;
    const elapsedMs = this.options.now() - this.startMs;
    return Math.min(1, Math.max(rounds / this.looks.at(-1)!, elapsedMs / this.options.budgetMs));
  }

  private isTimeUp(): boolean {
    return this.options.now() - this.startMs > this.options.budgetMs;
  }

  private look(index: number): void {
    const { state, options } = this;
    const share = this.shareOver();
    state.comparisons.forEach((comparison, at) => {
      if (comparison.differentWork !== null) return;
      const votes = this.boundaries[at]!.look(state.rounds, share);
      comparison.votes = votes;
      comparison.speedup = pairedSpeedup(comparison.ratios, { seed: options.seed + index, votes });
      comparison.looks.push(comparison.speedup);
    });
  }

  private intervals(): Speedup[] {
    return this.state.comparisons.flatMap(({ speedup }) => speedup ?? []);
  }

  private update(): void {
    this.options.onUpdate?.(structuredClone(this.state));
  }

  private end(ended: NonNullable<ExperimentState['ended']>, note = ''): ExperimentState {
    Object.assign(this.state, { phase: 'done', ended, note, nextLook: null });
    this.update();
    return this.state;
  }
}
