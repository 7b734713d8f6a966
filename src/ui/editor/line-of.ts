import { parsePointer } from '../../base/json-pointer.ts';
import { getAt, withAt } from '../../pipeline/pointer.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';

const sign = '\u0000here\u0000';

/**
 * The line, 1-based, on which a field stands in the document's text as the page writes it. A field that
 * is not there: the line of the nearest one around it.
 */
export function lineOf(document: PipelineDocument, pointer: string): number {
  for (let at = pointer; parsePointer(at)?.length; at = at.slice(0, at.lastIndexOf('/'))) {
    if (getAt(document, at) === undefined) continue;
    const marked = JSON.stringify(withAt<unknown>(document, at, sign), null, 2);
    return marked.slice(0, marked.indexOf(JSON.stringify(sign).slice(1, -1))).split('\n').length;
  }
  return 1;
}
