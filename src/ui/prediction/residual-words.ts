import { formatMs } from '../../base/units.ts';
import type { Cause, Residual } from '../../explore/residual.ts';
import type { WaterfallStep } from '../../charts/layout/waterfall.ts';

const causeWords: Readonly<Record<Cause, { title: string; text: string }>> = {
  startUp: {
    title: 'Start-up',
    text: 'Workers that were started while the clock ran.',
  },
  dispatch: {
    title: 'Dispatch',
    text: 'Messages between the coordinator and the workers, and choosing each task.',
  },
  cloning: { title: 'Cloning', text: 'Copying inputs and results from thread to thread.' },
  timer: { title: 'Timer step', text: 'Waits that end late, or are rounded up to whole steps.' },
  contention: {
    title: 'Core contention',
    text: 'Busy cores slow each other; the coordinator and the helpers of cold code take their turns among them.',
  },
};

export interface ResidualRow extends WaterfallStep {
  text: string;
  /** "+12 ms", "1.2 s". */
  figure: string;
}

/** From the ideal machine down to what was measured, a row each. */
export function residualRows({
  idealMs,
  steps,
  unexplainedMs,
  measuredMs,
}: Residual): ResidualRow[] {
  const total = (label: string, value: number, text: string): ResidualRow => ({
    ...{ label, isTotal: true, value, text, figure: formatMs(value) },
  });
  const step = (label: string, value: number, text: string): ResidualRow => ({
    ...{ label, isTotal: false, value, text, figure: signedMs(value) },
  });
  return [
    total('Ideal machine', idealMs, 'Predicted where nothing costs time but the work.'),
    ...steps.map(({ cause, ms }) => step(causeWords[cause].title, ms, causeWords[cause].text)),
    step('Unexplained', unexplainedMs, unexplainedText(steps.length > 0)),
    total('Measured', measuredMs, 'The run itself.'),
  ];
}

const unexplainedText = (isCalibrated: boolean): string =>
  isCalibrated
    ? 'What none of these explains: work that took longer or less long than its model says, and other programs.'
    : 'Everything beside the work. Measure this browser to see what it is.';

/** With its sign; what is nothing has none. */
function signedMs(ms: number): string {
  // A thousandth of a ms is the noise of adding.
  if (Math.abs(ms) < 5e-4) return '0 ms';
  return ms > 0 ? `+${formatMs(ms)}` : formatMs(ms);
}
