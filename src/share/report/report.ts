/** A report: what was measured and predicted of a document, as blocks that any format can say. Plain data. */
export interface Report {
  title: string;
  /** When it was made: "2026-11-21 19:35 UTC". */
  madeAt: string;
  sections: readonly ReportSection[];
  /** What was not measured, one sentence each. */
  missing: readonly string[];
}

export interface ReportSection {
  title: string;
  blocks: readonly ReportBlock[];
}

export type ReportBlock =
  | { kind: 'text'; text: string }
  /** The sentence that a part is about, and whether it is good news. */
  | { kind: 'verdict'; tone: 'good' | 'bad' | 'plain'; text: string }
  | { kind: 'facts'; facts: readonly (readonly [name: string, value: string])[] }
  | { kind: 'list'; items: readonly string[] }
  | ReportTable
  | ReportPicture
  /** What the document's author wrote. */
  | { kind: 'notes'; blocks: readonly NoteBlock[] }
  /** Long text, folded away where the format can. */
  | { kind: 'source'; title: string; text: string };

export interface ReportTable {
  kind: 'table';
  caption: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** Columns of numbers, by their place. */
  numeric: readonly number[];
}

/** SVG text in colours of both themes. It is shown as an image, so nothing in it is ever run. */
export interface ReportPicture {
  kind: 'picture';
  /** What to look for. */
  caption: string;
  /** What it shows, for those who do not see it. */
  label: string;
  light: string;
  dark: string;
}

/** As the page reads notes; see its Markdown. */
export interface NoteInline {
  kind: 'text' | 'strong' | 'em' | 'code';
  text: string;
}
export type NoteBlock =
  | { kind: 'heading' | 'paragraph'; content: readonly NoteInline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: readonly (readonly NoteInline[])[] }
  | {
      kind: 'table';
      head: readonly (readonly NoteInline[])[];
      rows: readonly (readonly (readonly NoteInline[])[])[];
    }
  | { kind: 'code'; text: string };
