import type { RunFacts } from '../../measure/quantity.ts';
import type { CompareTrial, LevelTrial } from '../../scenarios/claims/claim.ts';
import type { ReplayJob } from './jobs.ts';
import { levelOf } from './levels.ts';
import type { TrialOutcome } from './outcome.ts';
import { ratioOf } from './pairs.ts';
import { played } from './simulated-facts.ts';
import { brokenOff, replayNote, untold } from './words.ts';
import type { World } from './world.ts';

/** Plays a job's declared durations in virtual time: the same figures on every machine with as many cores. */
export function replay(
  { tests, settings }: ReplayJob,
  { cores }: Pick<World, 'cores'>,
): TrialOutcome[] {
  const cache = tests[0]!.trial.cache === true;
  try {
    const facts = settings.map((setting) => played(setting, { cores, cache }));
    return tests.map(({ trial }) => judged(trial, facts));
  } catch (error) {
    // The others can be played all the same.
    return tests.map(({ trial }) => brokenOff(trial, error));
  }
}

function judged(
  trial: CompareTrial | LevelTrial,
  facts: readonly (RunFacts | string)[],
): TrialOutcome {
  const { name, claimed } = trial;
  const unit = trial.kind === 'level' ? trial.unit : '×';
  const useless = facts.find((one) => typeof one === 'string');
  if (useless !== undefined) return untold(name, unit, useless);
  const [before, after] = facts.filter((one) => typeof one !== 'string');
  const value = trial.kind === 'level' ? levelOf(before!, trial) : ratioOf(before!, after!, trial);
  if (typeof value === 'string') return untold(name, unit, value);
  return {
    ...{ name, verdict: 'replayed', unit, predicted: value },
    measured: { value, low: value, high: value, samples: 1 },
    note: replayNote(value, claimed, unit),
  };
}
