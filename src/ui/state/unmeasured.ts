import { unmodelled } from '../../pipeline/needs-model.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { RunReport } from '../../engine/runner.ts';
import { troubledStages } from './measured-models.ts';

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
      ? 'some of its items failed, and the others do not speak for them: mend its code'
      : stage.received === 0
        ? 'no item came to it'
        : 'its code did not stay the same';
    return `“${stage.name}” could not be measured, so there is still no prediction: ${what}.`;
  }
  return null;
}
