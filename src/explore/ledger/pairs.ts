import type { RunReport } from '../../engine/runner.ts';
import { isLiveOnly, quantityOf, readsResults, type RunFacts } from '../../measure/quantity.ts';
import { isPrecise, pairedSpeedup, type Speedup } from '../../measure/speedup.ts';
import type { CompareTrial } from '../../scenarios/claims/claim.ts';
import { startExperiment, type ExperimentState } from '../experiment.ts';
import type { PairsJob } from './jobs.ts';
import type { TrialOutcome } from './outcome.ts';
import { factsOf } from '../run-facts.ts';
import { predicted } from './simulated-facts.ts';
import { isSettled, judgeRatio } from './verdict.ts';
import { tooUneven, untold } from './words.ts';
import type { World } from './world.ts';

/** An interval within so much of the ratio is told as it is, whatever it leaves open. */
const preciseShare = 0.05;
/** The same where it is below the claim and shows no gain: what more pairs could find is a tenth or so. */
const noGainShare = 0.15;

type Pair = [before: RunFacts, after: RunFacts];

/**
 * Two settings in turns, until the verdict of every trial is settled, their intervals are narrow or the time is up;
 * null: it was stopped.
 */
export async function measurePairs(job: PairsJob, world: World): Promise<TrialOutcome[] | null> {
  const { tests, settings } = job;
  const { differs, cache = false } = tests[0]!.trial;
  const facts: RunFacts[][] = settings.map(() => []);
  const warmUps: (RunReport | null)[] = settings.map(() => null);
  const pairsOf = ({ rounds }: ExperimentState): Pair[] =>
    Array.from({ length: rounds }, (_, round) => [facts[0]![round]!, facts[1]![round]!]);
  let looks = 0;
  const experiment = startExperiment({
    ...{ runner: world.runner, now: world.now, seed: world.seed },
    ...{ looks: world.looks, budgetMs: world.budgetMs, mayDiffer: differs !== undefined },
    contenders: settings.map(({ name, pipeline }) => ({
      name,
      request: {
        ...{ pipeline, cache: cache ? 'on' : 'off', cacheNamespace: world.cacheNamespace },
        keepResults: tests.some(({ trial: { quantity = '' } }) => readsResults(quantity)),
      },
    })),
    onReport(contender, round, report) {
      if (round === 0) warmUps[contender] = report;
      else facts[contender]![round - 1] = factsOf(report, settings[contender]!.pipeline);
    },
    onUpdate(state) {
      world.onShare(Math.min(1, (state.rounds + 1) / (world.enough + 1)));
      const { length } = state.comparisons[0]!.looks;
      if (state.phase === 'done' || length === looks) return;
      looks = length;
      const { votes = -1 } = state.comparisons[0]!;
      const pairs = pairsOf(state);
      const isTold = ({ trial }: { trial: CompareTrial }): boolean => {
        const ratio = pairedRatio(trial, pairs, { seed: world.seed, votes });
        return typeof ratio === 'string' || isEnough(ratio, trial);
      };
      if (state.rounds >= world.enough && tests.every(isTold)) experiment.stop();
    },
  });
  const state = await experiment.done;
  if (world.runner.isStopped) return null;
  const { votes = -1, differentWork } = state.comparisons[0]!;
  const failed = differentWork ?? (votes < 0 ? state.note || tooFew : null);
  if (failed !== null) return tests.map(({ trial }) => untold(trial.name, '×', failed));
  const [before, after] = settings.map((setting, at) =>
    predicted(setting, warmUps[at]!, { ...world, cache }),
  );
  const pairs = pairsOf(state);
  return tests.map(({ trial }) => {
    const forecast = before && after && !isLiveOnly(trial.quantity ?? '') ? [before, after] : null;
    const ratio = pairedRatio(trial, pairs, { seed: world.seed, votes });
    return judged(trial, ratio, forecast as Pair | null);
  });
}

function isEnough(ratio: Speedup, { claimed }: CompareTrial): boolean {
  const share = judgeRatio(ratio, claimed) === 'refuted' ? noGainShare : preciseShare;
  return isSettled(ratio, claimed) || isPrecise(ratio, share);
}

const tooFew = 'There were too few pairs to tell anything.';

function judged(trial: CompareTrial, ratio: Speedup | string, forecast: Pair | null): TrialOutcome {
  if (typeof ratio === 'string') return untold(trial.name, '×', ratio);
  const { low, high, pairs } = ratio;
  const verdict = judgeRatio(ratio, trial.claimed);
  const ahead = forecast && ratioOf(...forecast, trial);
  return {
    ...{ name: trial.name, verdict, unit: '×' },
    measured: { value: ratio.ratio, low, high, samples: pairs },
    predicted: typeof ahead === 'number' ? ahead : null,
    note: verdict === null ? tooUneven : (trial.differs ?? ''),
  };
}

function pairedRatio(
  trial: CompareTrial,
  pairs: readonly Pair[],
  options: { seed: number; votes: number },
): Speedup | string {
  const ratios: number[] = [];
  for (const pair of pairs) {
    const ratio = ratioOf(...pair, trial);
    if (typeof ratio === 'string') return ratio;
    ratios.push(ratio);
  }
  return pairedSpeedup(ratios, options);
}

/** Above 1 where the second is better; a sentence if there is none. */
export function ratioOf(
  before: RunFacts,
  after: RunFacts,
  { quantity = 'makespan', better = 'less' }: Pick<CompareTrial, 'quantity' | 'better'>,
): number | string {
  const [from, to] = [before, after].map((facts) => quantityOf(facts, quantity));
  if (from === null || to === null) return `A run of its document has no “${quantity}”.`;
  if (!(from! > 0 && to! > 0)) return `“${quantity}” is 0 there, so there is no ratio.`;
  return better === 'less' ? from! / to! : to! / from!;
}
