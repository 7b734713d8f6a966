import { judgeInterleaved, judgeRecorded, type GateVerdict } from '../../measure/gate.ts';
import { judgeTargets } from '../../measure/targets.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import { measuredRuns, type Baseline } from '../../share/baseline.ts';
import { liveRequest } from '../compare/live-request.ts';
import { thisDocument } from '../compare/measure-settings.ts';
import type { App } from '../state/app.svelte.ts';
import { asSentence } from '../state/error-sentence.ts';
import { baselineDesk } from './baseline-desk.svelte.ts';
import { conduct, runAlone } from './measure-baseline.ts';

/** Measures the document as it stands against the chosen baseline, and leaves the verdict on the desk. */
export async function compareWithBaseline(app: App, how: GateVerdict['method']): Promise<void> {
  const desk = baselineDesk(app);
  const baseline = desk.chosen?.baseline;
  const pipeline = baseline ? app.runnable() : null;
  if (!baseline || !pipeline) return;
  const { document } = app.doc;
  desk.comparison = null;
  const gate =
    how === 'interleaved'
      ? await inTurns(app, baseline, pipeline)
      : await againstRecorded(app, baseline, pipeline);
  if (gate === null || desk.chosen?.baseline !== baseline) return;
  desk.comparison = { gate, baseline, document };
  app.announcer.say('baseline', [gate.sentence, ...gate.remarks].join(' '));
}

/** The same from anywhere, with the newest baseline there is; says so where there is none. */
export async function compareInTurns(app: App): Promise<void> {
  const desk = baselineDesk(app);
  await desk.look();
  app.view.show('compare');
  if (desk.chosen) await compareWithBaseline(app, 'interleaved');
  else app.tell('info', 'There is no baseline of this document yet: measure and save one first.');
}

async function inTurns(
  app: App,
  baseline: Baseline,
  pipeline: Pipeline,
): Promise<GateVerdict | null> {
  const { pipeline: then, problems } = parseDocument(baseline.document);
  if (!then) {
    const why = problems[0]?.message ?? 'it is not sound';
    app.tell('error', asSentence(`The baseline's document cannot be run: ${why}`));
    return null;
  }
  const measured = await conduct(app, 'Against the baseline', [
    { name: 'the baseline', request: liveRequest(app, 'baseline', then) },
    { ...thisDocument, request: liveRequest(app, 'baseline', pipeline) },
  ]);
  const comparison = measured?.state.comparisons[0];
  if (!measured || !comparison) return null;
  const [ofBaseline] = measured.reports;
  const targets = judgeTargets(pipeline, measured.state.targetTimes[1] ?? []);
  const gate = judgeInterleaved(comparison, { targets });
  const isOther =
    baseline.results !== null &&
    ofBaseline?.resultsDigest != null &&
    ofBaseline.resultsDigest !== baseline.results;
  if (!isOther) return gate;
  const remark =
    'The baseline’s own document gives other results here than it did when it was saved.';
  return { ...gate, remarks: [...gate.remarks, remark] };
}

async function againstRecorded(
  app: App,
  baseline: Baseline,
  pipeline: Pipeline,
): Promise<GateVerdict | null> {
  const own = await runAlone(app);
  if (!own) return null;
  const { makespansMs, times, report } = own;
  const now = {
    makespansMs,
    resultsDigest: report.resultsDigest,
    environment: report.environment,
  };
  const targets = judgeTargets(pipeline, times);
  return judgeRecorded(measuredRuns(baseline), now, { targets });
}
