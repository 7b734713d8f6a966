import { parseDocument } from '../../pipeline/parse.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';

/**
 * The document in text that the page itself has saved; null: there is none in it. A field may have been left
 * with a value that no document can have (it is marked there, and goes on standing there): what was saved
 * with it is still the reader's document.
 */
export function readSaved(text: string): PipelineDocument | null {
  const { document } = parseDocument(text);
  if (document) return document;
  try {
    const value: unknown = JSON.parse(text);
    return hasFrame(value) ? value : null;
  } catch {
    return null;
  }
}

/** What the page needs to show a document at all. */
function hasFrame(value: unknown): value is PipelineDocument {
  if (typeof value !== 'object' || value === null) return false;
  const { stages } = value as Partial<PipelineDocument>;
  return (
    Array.isArray(stages) &&
    stages.length > 0 &&
    stages.every(
      (stage) =>
        typeof stage === 'object' &&
        typeof stage?.id === 'string' &&
        (Array.isArray(stage.after) || stage.after === undefined) &&
        (stage.work?.kind === 'code' || Array.isArray(stage.work?.phases)),
    )
  );
}
