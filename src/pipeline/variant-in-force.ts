import { withDefaults } from './defaults.ts';
import { getAt } from './pointer.ts';
import { same } from '../base/same-json.ts';
import type { PipelineDocument, Variant } from './types.ts';

/** Has the document the variant's values already? One that says nothing changes nothing, and is not. */
export function isInForce(document: PipelineDocument, variant: Variant): boolean {
  const entries = Object.entries(variant.set);
  const pipeline = withDefaults(document);
  return (
    entries.length > 0 && entries.every(([pointer, value]) => same(getAt(pipeline, pointer), value))
  );
}
