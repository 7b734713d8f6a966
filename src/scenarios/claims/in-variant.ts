import { withAt } from '../../pipeline/pointer.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';

/** A document as one of its own variants has it. @throws Error when there is none of that name */
export function inVariant(document: PipelineDocument, name: string): PipelineDocument {
  return Object.entries(settingsOf(document, name)).reduce(
    (at, [pointer, value]) => withAt(at, pointer, value)!,
    document,
  );
}

function settingsOf({ variants = [] }: PipelineDocument, name: string): Record<string, unknown> {
  const found = variants.find((variant) => variant.name === name);
  if (!found) throw new Error(`There is no variant "${name}".`);
  return found.set;
}
