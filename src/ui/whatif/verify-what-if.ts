import { delayedRequest, verifiedGain } from '../../explore/delayed-run.ts';
import type { ExperimentState } from '../../explore/experiment.ts';
import { liveRequest } from '../compare/live-request.ts';
import { endWords } from '../compare/verdict-words.ts';
import type { App } from '../state/app.svelte.ts';
import { conductExperiment } from '../state/conduct-experiment.ts';
import type { ExperimentPlan } from '../state/experiment-store.svelte.ts';
import { runsAlready } from '../state/messages.svelte.ts';
import { checkWords } from './what-if-words.ts';

/** After this the interval is shown as it stands, ms. At least the first look is always made. */
const budgetMs = 60_000;

/** What a check measures beside all experiments: whose work looks cut, and by how much. */
export interface CheckPlan extends ExperimentPlan {
  stage: string;
  cut: number;
  /** What the replay says it takes off the whole. */
  predicted: number;
}

/** Measures the document against itself with everything but one stage's work slowed down. */
export async function verifyWhatIf(
  app: App,
  { stage, cut, predicted }: Pick<CheckPlan, 'stage' | 'cut' | 'predicted'>,
): Promise<void> {
  if (app.busy) {
    app.tell('error', runsAlready, () => !app.busy);
    return;
  }
  const pipeline = app.runnable();
  if (!pipeline) return;
  const request = liveRequest(app, 'what-if', pipeline);
  const delayed = delayedRequest(request, stage, cut);
  if (!delayed.ok) {
    app.tell('error', delayed.error);
    return;
  }
  const plan: CheckPlan = {
    ...{ kind: 'what-if', title: 'What-if check', document: app.doc.document, pipeline, budgetMs },
    contenders: [
      { name: 'this document', request },
      { name: 'the others slowed down', request: delayed.value },
    ],
    ...{ stage, cut, predicted },
  };
  const state = await conductExperiment(app, plan);
  if (state) app.announcer.say('what-if-check', checkSaid(plan, state));
}

/** What came of a check, for a reader who listens. */
function checkSaid({ predicted, cut }: CheckPlan, { comparisons, ended, note }: ExperimentState) {
  const [comparison] = comparisons;
  if (comparison?.differentWork) return comparison.differentWork;
  const why = note || (ended === null ? '' : endWords[ended]);
  return comparison?.speedup
    ? `${checkWords(predicted, verifiedGain(comparison.speedup, cut))} ${why}`.trim()
    : `Too few pairs to say anything. ${why}`.trim();
}
