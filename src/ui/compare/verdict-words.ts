import { formatCount } from '../../base/units.ts';
import type { ComparisonState, ExperimentState } from '../../explore/experiment.ts';
import { formatSpeedup, type Speedup } from '../../measure/speedup.ts';
import type { ExperimentPlan } from '../state/experiment-store.svelte.ts';

/** "Faster than this document: the whole interval lies above 1." */
export function verdictText({ verdict, low }: Speedup, than: string): string {
  if (low === 0) return 'Too few pairs to say anything.';
  switch (verdict) {
    case 'faster':
      return `Faster than ${than}: the whole interval lies above 1.`;
    case 'slower':
      return `Slower than ${than}: the whole interval lies below 1.`;
    default:
      return 'No difference seen: the interval includes 1.';
  }
}

/** Why an experiment ended, in a sentence; of one that goes on: nothing. */
export const endWords: Readonly<Record<NonNullable<ExperimentState['ended']>, string>> = {
  precise: 'The interval is within ± 2 %.',
  budget: 'The time budget is spent: this is the interval so far.',
  looks: 'All planned looks are used up.',
  stopped: 'Stopped.',
  failed: '',
  'different work': '',
};

/** Beside what is being measured, once the document is another one than when that began. */
export const earlierWords =
  'You have changed the document since this began: what is being measured is the document as it was then.';

/** Why what stops a measurement cannot be pressed; null: it can. */
export const whyStopping = ({ stopping }: { stopping: boolean }): string | null =>
  stopping ? 'It is stopping: the run that is going on ends first.' : null;

export const hiddenWords =
  'This tab was hidden during some of the runs: browsers slow hidden tabs, so measure again and keep it in view.';

/** What is known of one contender, for a table or a reader who listens. */
export function comparisonText(comparison: ComparisonState, than: string): string {
  const { speedup, differentWork } = comparison;
  if (differentWork !== null) return differentWork;
  if (speedup === null) return 'Too few pairs to say anything.';
  const verdict = verdictText(speedup, than);
  return `${formatSpeedup(speedup)}, ${verdict.charAt(0).toLowerCase()}${verdict.slice(1)}`;
}

/** Everything a finished comparison says, for a reader who listens. */
export function comparisonSaid({ contenders }: ExperimentPlan, state: ExperimentState): string {
  const than = contenders[0]!.name;
  const each = state.comparisons.map((one) =>
    one.differentWork !== null ? one.differentWork : `${one.name}: ${comparisonText(one, than)}`,
  );
  return [...each, state.ended === null ? '' : endWords[state.ended]].filter(Boolean).join(' ');
}

/** "12 pairs", "1 round". */
export const countedRounds = (rounds: number, contenders: number): string => {
  const what = contenders === 2 ? 'pair' : 'round';
  return `${formatCount(rounds)} ${what}${rounds === 1 ? '' : 's'}`;
};
