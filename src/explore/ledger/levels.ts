import type { RunReport } from '../../engine/runner.ts';
import { quantileSorted } from '../../measure/distribution.ts';
import { isLiveOnly, quantityOf, readsResults, type RunFacts } from '../../measure/quantity.ts';
import { signInterval } from '../../measure/sign-interval.ts';
import type { LevelTrial } from '../../scenarios/claims/claim.ts';
import { whyUseless } from '../comparable.ts';
import type { LevelJob } from './jobs.ts';
import type { Interval, TrialOutcome } from './outcome.ts';
import { factsOf } from '../run-facts.ts';
import { predicted } from './simulated-facts.ts';
import { judgeLevel } from './verdict.ts';
import { tooUneven, untold } from './words.ts';
import type { World } from './world.ts';

/** From 9 runs on the interval of the median leaves out the lowest and the highest. */
const runsMax = 9;

/** Runs one setting again and again, after an unrecorded warm-up; null: it was stopped. */
export async function measureLevel(job: LevelJob, world: World): Promise<TrialOutcome[] | null> {
  const { tests } = job;
  const setting = job.settings[0]!;
  const { pipeline, name } = setting;
  const runs = Math.min(runsMax, world.enough);
  const beginMs = world.now();
  const cache = tests[0]!.trial.cache === true;
  const facts: RunFacts[] = [];
  let warmUp: RunReport | null = null;
  for (let run = 0; run <= runs; run++) {
    const report = await world.runner.run({
      ...{ pipeline, cache: cache ? 'on' : 'off', cacheNamespace: world.cacheNamespace },
      keepResults: tests.some(({ trial }) => readsResults(trial.quantity)),
    }).done;
    if (world.runner.isStopped) return null;
    const why = whyUseless(name || 'The document', report);
    if (why !== null) return tests.map(({ trial }) => untold(trial.name, trial.unit, why));
    if (run === 0) warmUp = report;
    else facts.push(factsOf(report, pipeline));
    world.onShare((run + 1) / (runs + 1));
    if (run >= world.looks[0]! && world.now() - beginMs > world.budgetMs) break;
  }
  const forecast = predicted(setting, warmUp, { ...world, cache });
  return tests.map(({ trial }) => judged(trial, facts, forecast));
}

function judged(
  trial: LevelTrial,
  facts: readonly RunFacts[],
  forecast: RunFacts | null,
): TrialOutcome {
  const { name, unit } = trial;
  const values: number[] = [];
  for (const one of facts) {
    const value = levelOf(one, trial);
    if (typeof value === 'string') return untold(name, unit, value);
    values.push(value);
  }
  const measured = medianInterval(values);
  const verdict = judgeLevel(measured, trial);
  const ahead = forecast && !isLiveOnly(trial.quantity) ? levelOf(forecast, trial) : null;
  return {
    ...{ name, verdict, measured, unit },
    predicted: typeof ahead === 'number' ? ahead : null,
    note: verdict === null ? tooUneven : '',
  };
}

/** A trial's figure of one run, in its unit; a sentence if there is none. */
export function levelOf(facts: RunFacts, { quantity, unit }: LevelTrial): number | string {
  const value = quantityOf(facts, quantity);
  if (value === null) return `A run of its document has no “${quantity}”.`;
  return unit === '%' ? 100 * value : value;
}

/** The median with the order-statistic interval of the sign test, exact for any distribution; 6 values or more. */
function medianInterval(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = signInterval(sorted, 0.05);
  return { value: quantileSorted(sorted, 0.5), low, high, samples: sorted.length };
}
