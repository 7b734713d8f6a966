import { canonicalBytes } from '../base/canonical-bytes.ts';
import { digestHex } from '../base/digest.ts';
import { withDefaults } from './defaults.ts';
import type { PipelineDocument } from './types.ts';

/**
 * Which lesson this is: the first 128 bits of the SHA-256 of its steps and of the work that they are about, 32 hex
 * digits. What only describes the document or names its stages, and models that a run fills in, do not count.
 */
export function lessonDigest(document: PipelineDocument): string {
  const {
    name: _n,
    notes: _o,
    variants: _v,
    sweep: _s,
    targets: _t,
    ...rest
  } = withDefaults(document);
  const stages = rest.stages.map(({ name: _, ...stage }) => ({
    ...stage,
    work: stage.work.kind === 'code' ? { kind: 'code', source: stage.work.source } : stage.work,
  }));
  // Fields that are undefined are no part of JSON.
  const plain: unknown = JSON.parse(JSON.stringify({ ...rest, stages }));
  return digestHex(canonicalBytes(plain)).slice(0, 32);
}
