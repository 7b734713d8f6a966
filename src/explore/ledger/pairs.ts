import { saidNotKept } from '../../base/not-kept.ts';
import type { RunReport } from '../../engine/runner.ts';
import { isLiveOnly, quantityOf, readsResults, type RunFacts } from '../../measure/quantity.ts';
import { pairedSpeedup, type Speedup } from '../../measure/speedup.ts';
import type { CompareTrial } from '../../scenarios/claims/claim.ts';
import { experimentByLooks } from '../experiment.ts';
import type { PairsJob, Setting } from './jobs.ts';
import { fewWords, intervalOf, isEnough } from './looks.ts';
import type { TrialOutcome } from './outcome.ts';
import { factsOf } from '../run-facts.ts';
import { predicted } from './simulated-facts.ts';
import { judgeRatio } from './verdict.ts';
import { notesOf, unevenWords, untold } from './words.ts';
import type { Measuring, World } from './world.ts';

type Pair = [before: RunFacts, after: RunFacts];

/** Two settings in turns, until the verdict of every trial is settled or their intervals are narrow. */
export async function* measurePairs(job: PairsJob, world: World): Measuring {
  const { tests, settings } = job;
  const { differs, cache = false } = tests[0]!.trial;
  const facts: RunFacts[][] = settings.map(() => []);
  const warmUps: RunReport[] = [];
  let forecast: Pair | null = null;
  let runs = 0;
  let refused: string | undefined;
  const tellAll = (why: string) => tests.map(({ trial }) => untold(trial.name, '×', why));
  const experiment = experimentByLooks({
    ...{ runner: world.runner, now: world.now, seed: world.seed, looks: world.looks },
    mayDiffer: differs !== undefined,
    contenders: settings.map(({ name, pipeline }) => ({
      name,
      request: {
        ...{ pipeline, cache: cache ? 'on' : 'off', cacheNamespace: world.cacheNamespace },
        keepResults: tests.some(({ trial: { quantity = '' } }) => readsResults(quantity)),
      },
    })),
    onReport(contender, round, report) {
      refused ??= saidNotKept(report.notices);
      if (round === 0) warmUps[contender] = report;
      else facts[contender]![round - 1] = factsOf(report, settings[contender]!.pipeline);
      const next = world.looks.find((look) => look >= round)!;
      world.onShare(Math.min(1, ++runs / (2 * (next + 1))));
    },
  });
  for (;;) {
    const { value: state, done } = await experiment.next();
    if (world.runner.isStopped) return null;
    const { votes = -1, differentWork } = state.comparisons[0]!;
    const isLost = state.ended === 'failed' || votes < 0;
    const failed = refused ?? differentWork ?? (isLost ? state.note || tooFew : null);
    if (failed !== null) return tellAll(failed);
    if (warmUps.length > 0) forecast = forecastOf(settings, warmUps.splice(0), { ...world, cache });
    // Whole rounds: one that broke off has left facts of one of the two.
    const pairs = facts[0]!
      .slice(0, state.rounds)
      .map((before, round): Pair => [before, facts[1]![round]!]);
    const told = tests.map(({ trial }) => {
      return judged(trial, pairedRatio(trial, pairs, { seed: world.seed, votes }), forecast);
    });
    const outcomes = told.map(({ outcome }) => outcome);
    if (done || state.rounds >= world.looks.at(-1)! || told.every((one) => one.isEnough))
      return outcomes;
    yield outcomes;
  }
}

const tooFew = 'There were too few pairs to tell anything.';

/** null: one of the two cannot be predicted. */
function forecastOf(
  settings: readonly Setting[],
  warmUps: readonly RunReport[],
  options: Pick<World, 'cores' | 'overheads'> & { cache: boolean },
): Pair | null {
  const [before, after] = settings.map((setting, at) => predicted(setting, warmUps[at]!, options));
  return before && after ? [before, after] : null;
}

function judged(
  trial: CompareTrial,
  speedup: Speedup | string,
  forecast: Pair | null,
): { outcome: TrialOutcome; isEnough: boolean } {
  const { name, claimed, quantity = '' } = trial;
  if (typeof speedup === 'string') return { outcome: untold(name, '×', speedup), isEnough: true };
  const measured = intervalOf(speedup);
  const verdict = judgeRatio(measured, claimed);
  const enough = isEnough(measured, claimed);
  const ahead = forecast && !isLiveOnly(quantity) && ratioOf(...forecast, trial);
  const outcome: TrialOutcome = {
    ...{ name, verdict, measured, unit: '×' },
    predicted: typeof ahead === 'number' ? ahead : null,
    note: notesOf(
      verdict === null && unevenWords(claimed),
      !enough && fewWords(measured.samples, 'pairs'),
    ),
  };
  return { outcome, isEnough: enough };
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
