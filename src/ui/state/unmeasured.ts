import { unmodelled } from '../../pipeline/needs-model.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { RunReport } from '../../engine/runner.ts';
import type { App } from './app.svelte.ts';
import { troubledStages } from '../../explore/with-models.ts';

/**
 * Why there is still no prediction after a run that was to measure what one needs; null: there is one, or
 * the run itself did not come to its end and says why.
 * @param pipeline as it is now, with what the run measured
 */
export function whyUnmeasured(
  pipeline: Pipeline,
  report: Pick<RunReport, 'error' | 'failures' | 'trace'>,
): string | null {
  const { meta } = report.trace;
  if (report.error !== null || meta.ended !== 'done') return null;
  const troubled = troubledStages(report);
  for (const { stage: id } of unmodelled(pipeline)) {
    const stage = meta.stages.find((each) => each.id === id);
    if (stage === undefined) continue;
    const what = troubled.has(id)
      ? stage.delivered === 0
        ? 'nothing was delivered by it, so nothing could be learnt of it: mend its code'
        : 'some of its items failed, and the others do not speak for them: mend its code'
      : stage.received === 0
        ? 'no item came to it'
        : 'its code did not stay the same';
    return `“${stage.name}” could not be measured, so there is still no prediction: ${what}.`;
  }
  return null;
}

/**
 * Why the document cannot be predicted for want of what its code costs; null: that is known of all of it. A run that
 * could not measure it is not asked for once more.
 */
export function whyUnpredicted({ doc, runs }: Pick<App, 'doc' | 'runs'>): string | null {
  const { pipeline } = doc;
  const [missing] = pipeline ? unmodelled(pipeline) : [];
  if (!pipeline || !missing) return null;
  const { last } = runs;
  const isOfThis = last !== null && doc.isStill(last.document);
  return (isOfThis ? whyUnmeasured(pipeline, last.report) : null) ?? missing.message;
}
