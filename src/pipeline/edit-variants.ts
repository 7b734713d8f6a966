/** Taking a variant: the document becomes what the variant only tried. */
import { fail, type Result } from '../base/result.ts';
import { accepted } from './edit.ts';
import { withAt } from './pointer.ts';
import { schemaAt } from './schema-at.ts';
import type { PipelineDocument, Variant } from './types.ts';

/** The document with a variant's values in place; its variants, sweep and lesson stay. */
export function takeVariant(
  document: PipelineDocument,
  variant: Variant,
): Result<PipelineDocument> {
  let changed = document;
  for (const [pointer, value] of Object.entries(variant.set)) {
    const next = withAt(changed, pointer, value);
    if (next === null) {
      const found = schemaAt(changed, pointer);
      return fail('error' in found ? found.error : `there is no place ${pointer} in this document`);
    }
    changed = next;
  }
  return accepted(document, changed);
}
