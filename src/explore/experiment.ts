import { SeededRandom } from '../base/seeded-random.ts';
import type { RunHandle, RunReport, RunRequest, Runner } from '../engine/runner.ts';
import { isPrecise, pairedSpeedup, plannedLooks, type Speedup } from '../measure/speedup.ts';

export interface Contender {
  name: string;
  request: RunRequest;
}

export interface ExperimentOptions {
  runner: Runner;
  /** The first is what the others are compared with. At least two. */
  contenders: readonly Contender[];
  seed: number;
  /** Ends after the first look past this much time, ms by `now`; at least the first look is made. */
  budgetMs: number;
  now: () => number;
  /** After each run, with all that is known so far. */
  onUpdate?: (state: ExperimentState) => void;
  /** Each run's report, e.g. to keep the last traces; warm-ups have round 0. */
  onReport?: (contender: number, round: number, report: RunReport) => void;
}

export interface ComparisonState {
  name: string;
  /** Baseline time ÷ this contender's time, one for each round. */
  ratios: number[];
  /** As of the last look; null before the first. */
  speedup: Speedup | null;
  /** In place of a speedup: the two did not do the same work. One sentence. */
  differentWork: string | null;
}

export interface ExperimentState {
  phase: 'warm-up' | 'running' | 'done';
  /** Complete rounds. */
  rounds: number;
  /** Pairs at which the next look is taken; null: no more. */
  nextLook: number | null;
  /** Makespans of each contender, ms, one for each round. */
  makespansMs: number[][];
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
 * spent, or the planned looks are used up.
 */
export function startExperiment(options: ExperimentOptions): Experiment {
  const running: { handle: RunHandle | null; stopped: boolean } = { handle: null, stopped: false };
  const done = conduct(options, running);
  return {
    done,
    stop() {
      running.stopped = true;
      running.handle?.stop();
    },
  };
}

async function conduct(
  options: ExperimentOptions,
  running: { handle: RunHandle | null; stopped: boolean },
): Promise<ExperimentState> {
  const { contenders, now } = options;
  const startMs = now();
  const random = new SeededRandom(options.seed);
  const state: ExperimentState = {
    phase: 'warm-up',
    rounds: 0,
    nextLook: plannedLooks[0]!,
    makespansMs: contenders.map(() => []),
    comparisons: contenders.slice(1).map(({ name }) => ({
      name,
      ratios: [],
      speedup: null,
      differentWork: null,
    })),
    ended: null,
    note: '',
  };
  const update = () => options.onUpdate?.(structuredClone(state));
  const end = (ended: NonNullable<ExperimentState['ended']>, note = ''): ExperimentState => {
    state.phase = 'done';
    state.ended = ended;
    state.note = note;
    state.nextLook = null;
    update();
    return state;
  };
  /** Runs one contender; null: the experiment is over. */
  const runOne = async (index: number, round: number): Promise<RunReport | string | null> => {
    if (running.stopped) return null;
    running.handle = options.runner.run({ ...contenders[index]!.request, keepResults: false });
    const report = await running.handle.done;
    running.handle = null;
    if (running.stopped) return null;
    options.onReport?.(index, round, report);
    return whyUseless(contenders[index]!.name, report) ?? report;
  };

  const digests: (string | null)[] = [];
  for (let index = 0; index < contenders.length; index++) {
    const report = await runOne(index, 0);
    if (report === null) return end('stopped');
    if (typeof report === 'string') return end('failed', report);
    digests[index] = workDigest(report);
    update();
  }
  if (noteDifferentWork(state, digests))
    return end('different work', state.comparisons.find((c) => c.differentWork)!.differentWork!);

  state.phase = 'running';
  for (let look = 0; look < plannedLooks.length; look++) {
    let target = plannedLooks[look]!;
    state.nextLook = target;
    while (state.rounds < target) {
      const times: number[] = [];
      const order = random.shuffle(contenders.map((_, index) => index));
      for (const index of order) {
        const report = await runOne(index, state.rounds + 1);
        if (report === null) return end('stopped');
        if (typeof report === 'string') return end('failed', report);
        times[index] = report.trace.meta.makespan;
        digests[index] =
          digests[index] === workDigest(report) ? digests[index]! : `${index} varies`;
      }
      if (noteDifferentWork(state, digests)) {
        return end(
          'different work',
          state.comparisons.find((c) => c.differentWork)!.differentWork!,
        );
      }
      times.forEach((ms, index) => state.makespansMs[index]!.push(ms));
      state.comparisons.forEach((comparison, index) => {
        comparison.ratios.push(times[0]! / times[index + 1]!);
      });
      state.rounds++;
      // Out of time between two looks: this look is taken now instead.
      if (state.rounds >= plannedLooks[0]! && now() - startMs > options.budgetMs)
        target = state.rounds;
      update();
    }
    for (const comparison of state.comparisons) {
      comparison.speedup = pairedSpeedup(comparison.ratios, {
        seed: options.seed + look,
        // Several contenders are several chances to be wrong.
        looks: plannedLooks.length * state.comparisons.length,
      });
    }
    update();
    if (state.comparisons.every(({ speedup }) => isPrecise(speedup!))) return end('precise');
    if (now() - startMs > options.budgetMs) return end('budget');
  }
  return end('looks');
}

/** A run that says nothing about speed, in one sentence; null: it is good. */
function whyUseless(name: string, report: RunReport): string | null {
  if (report.error) return `"${name}" did not run: ${report.error.message}`;
  const { meta } = report.trace;
  if (meta.ended !== 'done')
    return `"${name}" did not run to its end${meta.note ? `: ${meta.note}` : '.'}`;
  if (!(meta.makespan > 0))
    return `"${name}" took no time that could be measured: give it more work.`;
  return null;
}

/** Live runs have a digest of their outputs; simulated ones have only the counts of their items. */
function workDigest(report: RunReport): string {
  return report.resultsDigest ?? JSON.stringify(report.trace.meta.items);
}

/** Writes into each comparison whether it did other work than the baseline; true: one did. */
function noteDifferentWork(state: ExperimentState, digests: (string | null)[]): boolean {
  state.comparisons.forEach((comparison, index) => {
    if (digests[0] === digests[index + 1]) return;
    const varies = [digests[0], digests[index + 1]].some((digest) => digest?.endsWith(' varies'));
    comparison.differentWork = varies
      ? `"${comparison.name}" and the baseline cannot be compared: results changed from one run to the next.`
      : `"${comparison.name}" did different work than the baseline: their results differ, so there is no speedup to show.`;
    comparison.speedup = null;
  });
  return state.comparisons.some((comparison) => comparison.differentWork !== null);
}
