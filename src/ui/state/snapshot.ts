import { parseDocument } from '../../pipeline/parse.ts';
import type { Pipeline, PipelineDocument, Problem } from '../../pipeline/types.ts';
import type { Work } from './work.ts';

/** One step of the document's history: everything the page needs of it, worked out once. */
export interface Snapshot {
  /** What the graph and the inspector show: the typed text's document, or the last that could be read. */
  document: PipelineDocument;
  /** With every default; null while the document has an error (it can be edited, not run). */
  pipeline: Pipeline | null;
  problems: Problem[];
  /** Exactly as typed, while it cannot be read as a document; else null and the text is derived. */
  brokenText: string | null;
  /** This step brought in another document: what to call it. null: it is an edit. */
  opened: string | null;
  work: Work;
}

/** After an edit of the document itself. */
export function snapshotOf(document: PipelineDocument, work: Work): Snapshot {
  const { pipeline, problems } = parseDocument(document);
  return { document, pipeline, problems, brokenText: null, opened: null, work };
}

/** After typing in the document's text: what cannot be read is kept, beside the last good document. */
export function snapshotOfText(text: string, previous: PipelineDocument, work: Work): Snapshot {
  const { pipeline, document, problems } = parseDocument(text);
  if (document === null)
    return { document: previous, pipeline: null, problems, brokenText: text, opened: null, work };
  return { document, pipeline, problems, brokenText: null, opened: null, work };
}

/** The same as a step from one document to another. */
export function asOpened(snapshot: Snapshot): Snapshot {
  return { ...snapshot, opened: titleOf(snapshot) };
}

/** What messages call it. */
export function titleOf({ document, brokenText }: Snapshot): string {
  return brokenText === null ? `“${document.name ?? 'Untitled'}”` : 'the text that cannot be read';
}

/** The text both views agree on. */
export function textOf(snapshot: Snapshot): string {
  return snapshot.brokenText ?? JSON.stringify(snapshot.document, null, 2);
}

export const emptyDocument: PipelineDocument = {
  format: 'millrace/1',
  name: 'Untitled',
  source: { kind: 'count', count: 40 },
  stages: [
    {
      id: 'work',
      name: 'Work',
      work: { kind: 'synthetic', phases: [{ cpu: 10 }] },
    },
  ],
};
