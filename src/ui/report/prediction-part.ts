import { formatMs, formatPercent } from '../../base/units.ts';
import type { PredictionErrors } from '../state/prediction-error.ts';
import { errorWords } from '../state/error-words.ts';
import type { App } from '../state/app.svelte.ts';
import { otherMachine } from '../state/other-machine.ts';
import { namesOf } from '../state/stage-names.ts';
import type { ReportPart, Subject } from './part.ts';

/** How far off the prediction was. */
export function predictionPart(app: App, subject: Subject | null): ReportPart {
  const run = subject?.run;
  if (!run) return { missing: 'The prediction was not held against a run: none was made.' };
  if (run.notCompared)
    return {
      missing: `The prediction was not held against the last run: ${run.notCompared.short}.`,
    };
  if (!run.errors)
    return { missing: 'There was no prediction to compare the last run with when it began.' };
  const { makespan, stages } = run.errors;
  const predictedOn = run.prediction?.overheads;
  const other = predictedOn && otherMachine(predictedOn, app.prediction.overheads);
  const names = namesOf(run.document);
  const row = (
    name: string,
    { predictedMs, measuredMs, error }: PredictionErrors['makespan'],
  ): string[] => [
    name,
    formatMs(predictedMs),
    formatMs(measuredMs),
    error === null ? '–' : `${error > 0 ? '+' : ''}${formatPercent(error)}`,
    errorWords(error) || '–',
  ];
  const sentence =
    makespan.error === null
      ? 'Nothing was measured to hold the prediction against.'
      : `${other ? `The prediction before this run was ${other}. ` : ''}The run took ${formatMs(makespan.measuredMs)} where ${formatMs(makespan.predictedMs)} was predicted: measured ${errorWords(makespan.error)}.`;
  return {
    title: 'Prediction against measurement',
    blocks: [
      { kind: 'verdict', tone: 'plain', text: sentence },
      {
        kind: 'table',
        caption: 'Error is (predicted − measured) ÷ measured; of a stage, of its mean service time',
        head: ['What', 'Predicted', 'Measured', 'Error', 'Measured is'],
        rows: [
          row('Makespan', makespan),
          ...stages.map((stage) => row(names.get(stage.id) ?? stage.id, stage)),
        ],
        numeric: [1, 2, 3],
      },
    ],
    short: [sentence],
  };
}
