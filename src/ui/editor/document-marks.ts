import { locatePointer } from '../../pipeline/locate.ts';
import type { Problem } from '../../pipeline/types.ts';
import { asSentence } from '../state/error-sentence.ts';

/** Something to be marked in a text, from one place to another, 1-based. */
export interface Mark {
  severity: 'error' | 'warning';
  message: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

const marksMax = 20;
/** Each mark reads through the text once. */
const lettersMax = 300_000;

/**
 * Where a document's problems stand in its text, however it is laid out. What is no JSON, or has a field
 * that no document has, the editor finds by itself: it knows the schema.
 */
export function documentMarks(text: string, problems: readonly Problem[]): Mark[] {
  if (text.length > lettersMax) return [];
  return problems.slice(0, marksMax).flatMap(({ pointer, severity, message }) => {
    const range = locatePointer(text, pointer);
    if (range === null) return [];
    const { from, to } = range;
    return {
      severity,
      message: asSentence(message),
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
    };
  });
}
