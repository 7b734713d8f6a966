import { parseDocument } from '../../src/pipeline/parse.ts';
import { idealDigest } from '../../src/simulate/simulate.ts';
import type { GoldenDocument } from './documents.ts';

/** The digest of a document's ideal schedule. This file is what browsers are given, as one script. */
export function digestOf({ name, document, cores, sourceItems }: GoldenDocument): string {
  const { pipeline, problems } = parseDocument(document);
  if (!pipeline) throw new Error(`${name}: ${problems[0]?.message}`);
  const digest = idealDigest(pipeline, { cores, sourceItems });
  if (digest === null) throw new Error(`${name} cannot be simulated`);
  return digest;
}
