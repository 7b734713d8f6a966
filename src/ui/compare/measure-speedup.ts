import { speedupContenders } from '../../explore/sequential.ts';
import type { App } from '../state/app.svelte.ts';
import { conductExperiment } from '../state/conduct-experiment.ts';
import type { ExperimentPlan } from '../state/experiment-store.svelte.ts';
import { liveRequest } from './live-request.ts';
import { measurable } from './measure-settings.ts';
import { comparisonSaid } from './verdict-words.ts';

/** Enough for the interval to get narrow where runs take a second, ms. */
const budgetMs = 60_000;

/** The sequential baseline against the document, interleaved, until the interval is narrow. */
export async function measureSpeedup(app: App): Promise<void> {
  const pipeline = app.busy ? null : measurable(app);
  if (!pipeline) return;
  app.view.show('speedup');
  const [sequential, own] = speedupContenders(liveRequest(app, 'speedup', pipeline));
  const plan: ExperimentPlan = {
    ...{ kind: 'speedup', title: 'Speedup', document: app.doc.document, pipeline, budgetMs },
    contenders: [sequential, { ...own, isThis: true }],
  };
  const state = await conductExperiment(app, plan);
  if (state) app.announcer.say('speedup', comparisonSaid(plan, state));
}
