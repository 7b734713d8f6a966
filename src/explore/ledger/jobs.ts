import { fail, ok, type Result } from '../../base/result.ts';
import { applySet } from '../../pipeline/edit.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { Pipeline, PipelineDocument } from '../../pipeline/types.ts';
import type {
  Claim,
  CompareTrial,
  CurveTrial,
  LevelTrial,
  Settings,
  Trial,
} from '../../scenarios/claims/claim.ts';

/** A document under one of a trial's settings. */
export interface Setting {
  name: string;
  document: PipelineDocument;
  pipeline: Pipeline;
}

/** One trial of one claim. */
export interface Test<T extends Trial = Trial> {
  claim: Claim;
  trial: T;
}

interface AnyJob<T extends Trial> {
  /** All that the same runs answer. */
  tests: Test<T>[];
  /** One, or before and after. */
  settings: Setting[];
}

export type ReplayJob = { kind: 'replay' } & AnyJob<CompareTrial | LevelTrial>;
export type PairsJob = { kind: 'compare' } & AnyJob<CompareTrial>;
export type LevelJob = { kind: 'level' } & AnyJob<LevelTrial>;
export type CurveJob = { kind: 'curve' } & AnyJob<CurveTrial>;
/** Runs made once, whichever trials they are for. */
export type Job = ReplayJob | PairsJob | LevelJob | CurveJob;

/** A trial that cannot be run, and why, in one sentence. */
export interface Misfit {
  test: Test;
  why: string;
}

/**
 * What is to be run for these claims: trials of the same document under the same settings share their runs. What is
 * simulated comes first: it is there at once.
 */
export async function planJobs(
  claims: readonly Claim[],
): Promise<{ jobs: Job[]; misfits: Misfit[] }> {
  const byKey = new Map<string, Job>();
  const misfits: Misfit[] = [];
  const tests = claims.flatMap((claim) => claim.trials.map((trial) => ({ claim, trial })));
  const ready = await Promise.all(tests.map(async (test) => ({ test, of: await jobFor(test) })));
  for (const { test, of } of ready) {
    if (!of.ok) {
      misfits.push({ test, why: of.error });
      continue;
    }
    const key = keyOf(of.value);
    const known = byKey.get(key);
    if (known) known.tests.push(test as never);
    else byKey.set(key, of.value);
  }
  const jobs = [...byKey.values()];
  const isAtOnce = ({ kind }: Job): boolean => kind === 'replay';
  return { jobs: [...jobs.filter(isAtOnce), ...jobs.filter((job) => !isAtOnce(job))], misfits };
}

async function jobFor({ claim, trial }: Test): Promise<Result<Job>> {
  let document: PipelineDocument;
  try {
    document = await trial.document();
  } catch {
    return fail('Its document could not be loaded: check the connection.');
  }
  const settings: Setting[] = [];
  for (const wanted of settingsOf(trial)) {
    const settled = settle(document, wanted);
    if (!settled.ok) return settled;
    settings.push(settled.value);
  }
  switch (trial.kind) {
    case 'curve':
      return ok({ kind: 'curve', settings, tests: [{ claim, trial }] });
    case 'compare':
      return trial.isReplay
        ? ok({ kind: 'replay', settings, tests: [{ claim, trial }] })
        : ok({ kind: 'compare', settings, tests: [{ claim, trial }] });
    case 'level':
      return trial.isReplay
        ? ok({ kind: 'replay', settings, tests: [{ claim, trial }] })
        : ok({ kind: 'level', settings, tests: [{ claim, trial }] });
  }
}

function settingsOf(trial: Trial): Settings[] {
  if (trial.kind === 'compare') return [trial.before, trial.after];
  return [trial.kind === 'level' ? trial.settings : { name: '', set: {} }];
}

/** A document under settings; a sentence if they do not fit it. */
export function settle(document: PipelineDocument, { name, set }: Settings): Result<Setting> {
  const changed = applySet(document, set);
  if (!changed.ok) return fail(`“${name}” does not fit its document: ${changed.error}`);
  const { pipeline, problems } = parseDocument(changed.value);
  if (pipeline === null) return fail(`“${name}” cannot be run: ${problems[0]!.message}`);
  return ok({ name, document: changed.value, pipeline });
}

/** Two jobs with the same key are answered by the same runs. */
function keyOf({ kind, settings, tests }: Job): string {
  const { trial } = tests[0]!;
  const hasCache = trial.kind !== 'curve' && trial.cache === true;
  const differs = trial.kind === 'compare' && trial.differs !== undefined;
  const cost = trial.kind === 'curve' ? trial.cost : null;
  return JSON.stringify([kind, hasCache, differs, cost, settings.map((one) => one.document)]);
}
