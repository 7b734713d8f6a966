import { parseDocument } from '../../pipeline/parse.ts';
import type { Pipeline, PipelineDocument, Problem } from '../../pipeline/types.ts';
import type { Placing } from '../graph/layout.ts';
import { readSaved } from './read-saved.ts';
import type { Work } from './work.ts';

/** How the graph stood before and after somebody arranged it; null: by the layout. */
export interface Move {
  from: Placing | null;
  to: Placing | null;
  /** Nodes that were moved; empty: the graph was laid out again. */
  ids: readonly string[];
}

/** One step of the document's history: everything the page needs of it, worked out once. */
export interface Snapshot {
  /** What the graph and the inspector show: the typed text's document, or the last that could be read. */
  document: PipelineDocument;
  /** With every default; null while the document has an error that keeps it from running (it can be edited). */
  pipeline: Pipeline | null;
  problems: Problem[];
  /** Exactly as typed, while it cannot be read as a document; else null and the text is derived. */
  brokenText: string | null;
  /** This step brought in another document: what to call it. null: it is an edit. */
  opened: string | null;
  /** This step put in what a run measured. */
  isMeasured?: true;
  /** This step moved nodes of the graph and left the document alone. */
  moved?: Move;
  work: Work;
}

/** After an edit of the document itself. */
export function snapshotOf(document: PipelineDocument, work: Work): Snapshot {
  const { pipeline, problems } = parseDocument(document);
  return {
    document,
    pipeline: pipeline ?? withoutSweep(document),
    ...{ problems, brokenText: null, opened: null, work },
  };
}

/** After typing in the document's text: what cannot be read is kept, beside the last good document. */
export function snapshotOfText(text: string, previous: PipelineDocument, work: Work): Snapshot {
  const { pipeline, document, problems } = parseDocument(text);
  if (document === null)
    return { document: previous, pipeline: null, problems, brokenText: text, opened: null, work };
  return {
    document,
    pipeline: pipeline ?? withoutSweep(document),
    ...{ problems, brokenText: null, opened: null, work },
  };
}

/** A run tries none of a sweep's values: what is wrong with these keeps nothing else from going on. */
function withoutSweep({ sweep, ...document }: PipelineDocument): Pipeline | null {
  return sweep === undefined ? null : parseDocument(document).pipeline;
}

/** Of text that the page has saved; what is no document at all stands as text that cannot be read. */
export function snapshotOfSaved(text: string, work: Work): Snapshot {
  const document = readSaved(text);
  return document ? snapshotOf(document, work) : snapshotOfText(text, emptyDocument, work);
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
