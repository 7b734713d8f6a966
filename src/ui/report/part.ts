import type { Pipeline, PipelineDocument } from '../../pipeline/types.ts';
import type { ReportSection } from '../../share/report/report.ts';
import type { Trace } from '../../trace/types.ts';
import type { App } from '../state/app.svelte.ts';
import type { FinishedRun } from '../state/run-store.svelte.ts';

/** One part of a report; what cannot be told is missing, in one sentence. */
export type ReportPart = Told | { missing: string } | null;
export interface Told extends ReportSection {
  /** What it comes to, for the beginning of the report; one sentence each. */
  short?: readonly string[];
}

/** What the report is of: the last run, or where there is none, the prediction. */
export interface Subject {
  trace: Trace;
  pipeline: Pipeline;
  /** null: it is predicted. */
  run: FinishedRun | null;
  /** The document has been changed since it ran. */
  isStale: boolean;
}

export function subjectOf({ runs, doc, prediction }: App): Subject | null {
  const { last } = runs;
  if (last && last.report.trace.tasks.count > 0) {
    const isStale = !doc.isStill(last.document);
    return { trace: last.report.trace, pipeline: last.pipeline, run: last, isStale };
  }
  const { prediction: predicted, pipeline } = prediction;
  if (!predicted || !pipeline || predicted.trace.tasks.count === 0) return null;
  return { trace: predicted.trace, pipeline, run: null, isStale: false };
}

/** What a sentence says beside, with a space before, where it is no longer of this machine or document; '': it is. */
export function ageWords(otherMachine: string | null, isOldDocument: boolean): string {
  if (otherMachine !== null) return ` This is ${otherMachine}.`;
  return isOldDocument ? ' The document has been changed since.' : '';
}

/** What a document is called where it has no name. */
export const titleOf = ({ name }: Pick<PipelineDocument, 'name'>): string =>
  name?.trim() ? name.trim() : 'Untitled pipeline';
