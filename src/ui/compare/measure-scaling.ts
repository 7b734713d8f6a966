import { roomySet, workersSet, workersToMeasure, workersToPredict } from '../../explore/scaling.ts';
import type { App } from '../state/app.svelte.ts';
import { conductExperiment } from '../state/conduct-experiment.ts';
import type { ExperimentPlan, MeasuredExperiment } from '../state/experiment-store.svelte.ts';
import { spareTrials } from '../state/spare-trials.svelte.ts';
import { trialRequest } from '../state/trial-request.ts';
import { liveRequest } from './live-request.ts';
import { measurable, settle } from './measure-settings.ts';

/** Many contenders: rounds take longer than those of two, ms. */
const budgetMs = 120_000;

export const workersOf = ({ contenders }: ExperimentPlan): number[] =>
  contenders.map(({ set }) => Number(set?.['/machine/workers']));

const called = (workers: number): string => `${workers} worker${workers === 1 ? '' : 's'}`;

/** The document on 1 to `most` workers, interleaved; one worker is what the others are compared with. */
export async function measureScaling(app: App, most: number): Promise<void> {
  const pipeline = app.busy ? null : measurable(app);
  if (!pipeline) return;
  const { document } = app.doc;
  const contenders: ExperimentPlan['contenders'][number][] = [];
  const leftOut: { name: string; why: string }[] = [];
  for (const workers of workersToMeasure(most)) {
    const setting = { name: called(workers), set: workersSet(workers) };
    const settled = settle(document, setting);
    if (typeof settled === 'string') leftOut.push({ name: setting.name, why: settled });
    else contenders.push({ ...setting, request: liveRequest(app, 'scaling', settled.pipeline) });
  }
  if (contenders.length < 2) return app.tell('error', leftOut[0]!.why);
  app.view.show('speedup');
  const state = await conductExperiment(app, {
    ...{ kind: 'scaling', title: 'Scaling', document, pipeline, contenders, leftOut, budgetMs },
  });
  if (!state) return;
  const { scalingSaid } = await import('./scaling-words.ts');
  app.announcer.say('scaling', scalingSaid(app.experiment.measured.scaling!));
}

export interface PredictedScaling {
  points: { workers: number; speedup: number }[];
  /** Why there is no prediction, one sentence; null: there is. */
  problem: string | null;
}

/** The simulated continuation, on spare threads; null: it was not to be had. */
export async function predictScaling(
  app: App,
  { plan }: MeasuredExperiment,
): Promise<PredictedScaling | null> {
  const workers = workersToPredict(workersOf(plan));
  const { cores } = app.services.environment;
  const pool = await spareTrials(app);
  const sets = workers.map((n) => roomySet(n, cores));
  const outcomes = await pool.run(trialRequest(app, plan.document, sets)).done;
  if (!outcomes) return null;
  const alone = outcomes[0]!;
  if (alone.problem !== null) return { points: [], problem: alone.problem };
  const points = outcomes.flatMap(({ makespanMs, problem }, index) =>
    problem === null && makespanMs > 0
      ? [{ workers: workers[index]!, speedup: alone.makespanMs / makespanMs }]
      : [],
  );
  return { points, problem: null };
}
