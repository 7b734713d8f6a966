import { formatCount } from '../../base/units.ts';
import type { RunReport } from '../../engine/runner.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { runErrorSentence } from '../state/run-error-sentence.ts';
import { runTrouble } from '../state/run-trouble.ts';
import { namesOf } from '../state/stage-names.ts';

export interface EndWords {
  severity: 'error' | 'warning' | 'info';
  /** One sentence. */
  text: string;
}

/** More would leave no room for the schedule. */
const mostWords = 3;

/** What a reader of an embedded view should know of a run that has ended, the worst first. */
export function wordsAfter(ran: PipelineDocument, report: RunReport): EndWords[] {
  const words: EndWords[] = [];
  const trouble = runTrouble(ran, report);
  if (trouble) words.push(trouble);
  const [first] = report.failures;
  if (first && trouble?.severity !== 'error') {
    const { failed } = report.trace.meta.items;
    const count = failed === 1 ? 'An item' : `${formatCount(failed)} items`;
    const why = runErrorSentence(first, namesOf(ran));
    // What failed may have been tried again, and then gone well.
    if (failed > 0) words.push({ severity: 'warning', text: `${count} failed. ${why}` });
  }
  for (const text of report.notices) words.push({ severity: 'info', text });
  return words.slice(0, mostWords);
}
