import type { RunReport } from '../../engine/runner.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { runErrorSentence } from './run-error-sentence.ts';
import { namesOf } from './stage-names.ts';

export interface RunTrouble {
  severity: 'error' | 'warning';
  /** One sentence. */
  text: string;
}

/** What kept a run of this document from its end, or from having anything to do; null: nothing did. */
export function runTrouble(
  ran: PipelineDocument,
  { error, notices, trace: { meta } }: Pick<RunReport, 'error' | 'notices' | 'trace'>,
): RunTrouble | null {
  if (error) return { severity: 'error', text: runErrorSentence(error, namesOf(ran)) };
  if (meta.ended === 'stalled' || meta.ended === 'failed')
    return { severity: 'error', text: meta.note || 'The run did not end well.' };
  if (meta.items.emitted === 0 && meta.ended === 'done' && notices.length === 0)
    return { severity: 'warning', text: 'The source gave no items, so there was nothing to do.' };
  return null;
}
