import type { ReplayJob } from './jobs.ts';
import { levelOf } from './levels.ts';
import type { TrialOutcome } from './outcome.ts';
import { ratioOf } from './pairs.ts';
import { played } from './simulated-facts.ts';
import { judgeLevel, judgeRatio } from './verdict.ts';
import { replayNote, untold } from './words.ts';
import type { World } from './world.ts';

/** Plays a job's declared durations in virtual time: the same figures on every machine with as many cores. */
export function replay(
  { tests, settings }: ReplayJob,
  { cores }: Pick<World, 'cores'>,
): TrialOutcome[] {
  return tests.map(({ trial }) => {
    const unit = trial.kind === 'level' ? trial.unit : '×';
    const cache = trial.cache === true;
    const facts = settings.map((setting) => played(setting, { cores, cache }));
    const useless = facts.find((one) => typeof one === 'string');
    if (useless !== undefined) return untold(trial.name, unit, useless);
    const [before, after] = facts.filter((one) => typeof one !== 'string');
    const value =
      trial.kind === 'level' ? levelOf(before!, trial) : ratioOf(before!, after!, trial);
    if (typeof value === 'string') return untold(trial.name, unit, value);
    const ends = { low: value, high: value };
    const verdict =
      trial.kind === 'level' ? judgeLevel(ends, trial) : judgeRatio(ends, trial.claimed);
    const reached = verdict === 'reproduced';
    return {
      ...{ name: trial.name, verdict: 'replayed', unit, predicted: value },
      measured: { value, ...ends, samples: 1 },
      note: replayNote({ value, reached }, { claimed: trial.claimed, unit }),
    };
  });
}
