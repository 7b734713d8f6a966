/** What is wrong with a value before it stands in the document, in the words of the field it is for. */
import { schemaAt } from '../../pipeline/schema-at.ts';
import { shapeFault } from '../../pipeline/shape.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';

/** What to use in its place: "use a number above 0"; null: the field at `pointer` takes it. */
export function numberAdvice(
  document: PipelineDocument,
  pointer: string,
  value: number,
): string | null {
  const found = schemaAt(document, pointer);
  const fault = 'schema' in found ? shapeFault(found.schema, value, []) : null;
  // " is 0: use a number above 0"
  return fault && fault.slice(fault.indexOf(': ') + 2);
}

/**
 * The first of these values that the field at `pointer` does not take: "value 2 is 0: use 1 or more"; null: it
 * takes them all.
 */
export function valuesFault(
  document: PipelineDocument,
  pointer: string,
  values: readonly unknown[],
): string | null {
  const found = schemaAt(document, pointer);
  if ('error' in found) return `points nowhere: ${found.error}`;
  for (const [index, value] of values.entries()) {
    const fault = shapeFault(found.schema, value, []);
    if (fault === null) continue;
    // Of a part of it: "uniform[0] is -1: …".
    const tail = fault.startsWith(' ') ? fault : `: ${fault}`;
    return `${values.length > 1 ? `value ${index + 1}` : 'it'}${tail}`;
  }
  return null;
}
