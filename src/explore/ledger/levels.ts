import { saidNotKept } from '../../base/not-kept.ts';
import { quantileSorted } from '../../measure/distribution.ts';
import { isLiveOnly, quantityOf, readsResults, type RunFacts } from '../../measure/quantity.ts';
import type { LevelTrial } from '../../scenarios/claims/claim.ts';
import { whyUseless } from '../comparable.ts';
import type { LevelJob } from './jobs.ts';
import type { Interval, TrialOutcome } from './outcome.ts';
import { factsOf } from '../run-facts.ts';
import { predicted } from './simulated-facts.ts';
import { fewWords, Looks } from './looks.ts';
import { isLevelSettled, judgeLevel } from './verdict.ts';
import { notesOf, unevenWords, untold } from './words.ts';
import type { Measuring, World } from './world.ts';

/** Runs one setting again and again, after an unrecorded warm-up. */
export async function* measureLevel(job: LevelJob, world: World): Measuring {
  const { tests } = job;
  const setting = job.settings[0]!;
  const { pipeline, name } = setting;
  const cache = tests[0]!.trial.cache === true;
  const series = {};
  const looks = new Looks(world.looks);
  const facts: RunFacts[] = [];
  let forecast: RunFacts | null = null;
  for (let run = 0; ; run++) {
    const report = await world.runner.run({
      ...{ pipeline, cache: cache ? 'on' : 'off', cacheNamespace: world.cacheNamespace },
      series,
      keepResults: tests.some(({ trial }) => readsResults(trial.quantity)),
    }).done;
    if (world.runner.isStopped) return null;
    const why = whyUseless(name || 'The document', report) ?? saidNotKept(report.notices);
    if (why !== undefined) return tests.map(({ trial }) => untold(trial.name, trial.unit, why));
    if (run === 0) forecast = predicted(setting, report, { ...world, cache });
    else facts.push(factsOf(report, pipeline));
    const next = looks.next(run);
    world.onShare((run + 1) / (next + 1));
    if (run !== next) continue;
    const votes = looks.votes(run);
    const told = tests.map(({ trial }) => judged(trial, { facts, forecast, votes }));
    const outcomes = told.map(({ outcome }) => outcome);
    if (looks.isLast(run) || told.every((one) => one.isEnough)) return outcomes;
    yield outcomes;
  }
}

interface Seen {
  facts: readonly RunFacts[];
  forecast: RunFacts | null;
  votes: number;
}

function judged(
  trial: LevelTrial,
  { facts, forecast, votes }: Seen,
): { outcome: TrialOutcome; isEnough: boolean } {
  const { name, unit } = trial;
  const values: number[] = [];
  for (const one of facts) {
    const value = levelOf(one, trial);
    if (typeof value === 'string') return { outcome: untold(name, unit, value), isEnough: true };
    values.push(value);
  }
  const measured = medianInterval(values, votes);
  const verdict = judgeLevel(measured, trial);
  const isEnough = isLevelSettled(measured, trial);
  const ahead = forecast && !isLiveOnly(trial.quantity) ? levelOf(forecast, trial) : null;
  const outcome: TrialOutcome = {
    ...{ name, verdict, measured, unit },
    predicted: typeof ahead === 'number' ? ahead : null,
    note: notesOf(
      verdict === null && unevenWords(trial.better === 'neither' ? 'right' : null),
      !isEnough && fewWords(measured.samples, 'runs'),
    ),
  };
  return { outcome, isEnough };
}

/** A trial's figure of one run, in its unit; a sentence if there is none. */
export function levelOf(facts: RunFacts, { quantity, unit }: LevelTrial): number | string {
  const value = quantityOf(facts, quantity);
  if (value === null) return `A run of its document has no “${quantity}”.`;
  return unit === '%' ? 100 * value : value;
}

/**
 * The median with the order-statistic interval of the sign test, exact for any distribution: it leaves out so many
 * values at either end.
 */
function medianInterval(values: readonly number[], votes: number): Interval {
  const sorted = Float64Array.from(values).sort();
  const { length } = sorted;
  const [low, high] = votes < 0 ? [0, Infinity] : [sorted[votes]!, sorted[length - 1 - votes]!];
  return { value: quantileSorted(sorted, 0.5), low, high, samples: length };
}
