import type { RunReport } from '../../engine/runner.ts';
import { formatCount, formatMs } from '../../base/units.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { baselineFormat, type Baseline } from '../../share/baseline.ts';
import { liveRequest } from '../compare/live-request.ts';
import { medianMs } from '../../measure/median.ts';
import { thisDocument } from '../compare/measure-settings.ts';
import type { App } from '../state/app.svelte.ts';
import { conductExperiment } from '../state/conduct-experiment.ts';
import type { ExperimentPlan } from '../state/experiment-store.svelte.ts';
import { runsAlready } from '../state/messages.svelte.ts';
import { baselineDesk } from './baseline-desk.svelte.ts';
import { enoughRuns, ownRuns, type OwnRuns } from './measured-times.ts';

/** For a dozen runs and some more, ms. */
const baselineBudgetMs = 30_000;

/**
 * Keeps a baseline of the document as it stands: of the runs that an experiment made of it already, where there
 * are enough, else of a dozen that are run now.
 */
export async function saveBaseline(app: App): Promise<void> {
  app.view.show('compare');
  await baselineDesk(app).look();
  // As it is measured: meanwhile a knob may be turned.
  const { document } = app.doc;
  const known = ownRuns(app);
  const runs = known && known.makespansMs.length >= enoughRuns ? known : await runAlone(app);
  if (!runs) return;
  const baseline = baselineOf(document, runs);
  const isKept = await baselineDesk(app).keep(baseline);
  const words = `Baseline of ${formatCount(runs.makespansMs.length)} runs, median ${formatMs(medianMs(runs.makespansMs)!)}`;
  app.announcer.say('baseline', isKept ? `${words}, kept in this browser.` : `${words}.`);
}

function baselineOf(
  document: PipelineDocument,
  { makespansMs, report }: Pick<OwnRuns, 'makespansMs' | 'report'>,
): Baseline {
  const { sweep: _sweep, ...measured } = document;
  return {
    format: baselineFormat,
    // A sweep with a problem is nothing to a run, but nobody could read the baseline with it.
    document: parseDocument(document).pipeline ? document : measured,
    environment: report.environment,
    makespans: [...makespansMs],
    results: report.resultsDigest,
    measuredAt: new Date().toISOString(),
  };
}

/** Runs of this document and nothing else; null: they did not come about, which has been said. */
export async function runAlone(
  app: App,
): Promise<Pick<OwnRuns, 'makespansMs' | 'times' | 'report'> | null> {
  const pipeline = app.runnable();
  if (!pipeline) return null;
  const request = liveRequest(app, 'baseline', pipeline);
  const own = await conduct(app, 'Baseline', [{ ...thisDocument, request }]);
  const makespansMs = own?.state.makespansMs[0] ?? [];
  const report = own?.reports[0];
  const times = own?.state.targetTimes[0] ?? [];
  if (!report || makespansMs.length === 0) return null;
  return { makespansMs, times, report };
}

/** An experiment in the service of baselines; null: it did not begin, broke off, or was stopped, which is said. */
export async function conduct(app: App, title: string, contenders: ExperimentPlan['contenders']) {
  if (app.busy) {
    app.tell('error', runsAlready, () => !app.busy);
    return null;
  }
  const { document } = app.doc;
  const [{ request }] = contenders as [ExperimentPlan['contenders'][number]];
  const plan: ExperimentPlan = {
    ...{ kind: 'baseline', title, document, contenders, budgetMs: baselineBudgetMs },
    pipeline: request.pipeline,
  };
  const state = await conductExperiment(app, plan);
  if (state === null) return null;
  if (state.ended === 'failed') {
    app.messages.show('error', state.note);
    return null;
  }
  const reports: readonly (RunReport | null)[] = app.experiment.measured.baseline?.reports ?? [];
  return { state, reports };
}
