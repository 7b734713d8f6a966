import type { ExperimentState } from '../../explore/experiment.ts';
import { applySet } from '../../pipeline/edit.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { Pipeline, PipelineDocument } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';
import { conductExperiment } from '../state/conduct-experiment.ts';
import { asSentence } from '../state/error-sentence.ts';
import type { ExperimentPlan } from '../state/experiment-store.svelte.ts';
import { runsAlready } from '../state/messages.svelte.ts';
import { liveRequest } from './live-request.ts';
import { comparisonSaid } from './verdict-words.ts';

/** The document under a name of what it sets: pointer → value, as in `variants`; nothing: as it is. */
export interface Setting {
  name: string;
  set: Readonly<Record<string, unknown>>;
  /** Of what it is a setting; absent: of the document as it is now. */
  document?: PipelineDocument;
  /** The document as it is now, whatever it is called here. */
  isThis?: true;
}

export const thisDocument: Setting = { name: 'this document', set: {}, isThis: true };

export interface MeasureOptions {
  /** What the progress is called. */
  title?: string;
  /** ms; at least the first look is made. Default one minute. */
  budgetMs?: number;
  /** The reader stays in the panel that asked: it shows `app.experiment.measured.comparison` itself. */
  stay?: boolean;
}

export const defaultBudgetMs = 60_000;

/**
 * Measures this document against the same document under other settings, interleaved on the live machine, and
 * shows it in the Compare tab. Gives what came of it; null: it could not begin (the reader was told why), or
 * another document was opened meanwhile.
 */
export function measureSettings(
  app: App,
  contenders: readonly Setting[],
  options: MeasureOptions = {},
): Promise<ExperimentState | null> {
  return compareSettings(app, [thisDocument, ...contenders], options);
}

/** The same with any setting as the reference: the first. Settings that the document does not allow are left out. */
export async function compareSettings(
  app: App,
  settings: readonly Setting[],
  { title = 'Comparison', budgetMs = defaultBudgetMs, stay = false }: MeasureOptions = {},
): Promise<ExperimentState | null> {
  if (app.busy) {
    app.tell('error', runsAlready, () => !app.busy);
    return null;
  }
  const pipeline = measurable(app);
  if (!pipeline) return null;
  const { document } = app.doc;
  const contenders: ExperimentPlan['contenders'][number][] = [];
  const leftOut: { name: string; why: string }[] = [];
  for (const setting of settings) {
    const settled = settle(document, setting);
    if (typeof settled === 'string') leftOut.push({ name: setting.name, why: settled });
    else contenders.push({ ...setting, request: liveRequest(app, 'comparison', settled.pipeline) });
  }
  if (contenders.length < 2) {
    const [first] = leftOut;
    const why = first ? `“${first.name}” cannot be run: ${first.why}` : 'Choose two to compare.';
    app.tell('error', why);
    return null;
  }
  if (!stay) app.view.show('compare');
  const plan: ExperimentPlan = {
    ...{ kind: 'comparison', title, document, pipeline, contenders, leftOut, budgetMs },
  };
  const state = await conductExperiment(app, plan);
  if (state) app.announcer.say('comparison', comparisonSaid(plan, state));
  return state;
}

/**
 * The document as it can be run; null after saying what stands in the way. A variant that does not fit is an
 * error of the document, and no reason not to measure the rest.
 */
export function measurable(app: App): Pipeline | null {
  const { document, textBroken } = app.doc;
  const own = textBroken ? null : settle(document, thisDocument);
  return app.runnable(own === null || typeof own === 'string' ? null : own.pipeline);
}

/** The document under a setting, and ready to run; or one sentence that says why it cannot. */
export function settle(
  now: PipelineDocument,
  { set, document = now }: Setting,
): { document: PipelineDocument; pipeline: Pipeline } | string {
  const changed = applySet(document, set);
  if (!changed.ok) return asSentence(changed.error);
  const { pipeline, problems } = parseDocument(changed.value);
  if (!pipeline) return asSentence(problems[0]?.message ?? 'it is not sound');
  return { document: changed.value, pipeline };
}
