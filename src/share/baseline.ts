/** A baseline: what a document took at some time in some browser, as a file to compare with later. */
import { nestingDepth } from '../base/nesting.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { formatBytes } from '../base/units.ts';
import type { MeasuredEnvironment } from '../measure/environments.ts';
import type { MeasuredRuns } from '../measure/gate.ts';
import { ceilings } from '../pipeline/ceilings.ts';
import { parseDocument } from '../pipeline/parse.ts';
import { isPlainObject } from '../pipeline/schema-parts.ts';
import type { PipelineDocument } from '../pipeline/types.ts';
import { baselineShapeFault } from './baseline-schema.ts';

export const baselineFormat = 'millrace-baseline/1';

/** As it stands in the file. */
export interface Baseline {
  format: typeof baselineFormat;
  document: PipelineDocument;
  /** Where it was measured; null: not known. */
  environment: MeasuredEnvironment | null;
  /** ms, one a run, in the order they were run. */
  makespans: number[];
  /** Order-free digest of the delivered outputs; null: it differs from run to run. */
  results: string | null;
  /** ISO 8601, UTC: "2026-11-21T19:35:42.000Z". */
  measuredAt: string;
}

export function measuredRuns({ makespans, results, environment }: Baseline): MeasuredRuns {
  return { makespansMs: makespans, resultsDigest: results, environment };
}

/** JSON for a file, a field a line. A document is legal by its size as JSON, so it is not indented. */
export function baselineText(baseline: Baseline): string {
  const { format, measuredAt, environment, results, makespans, document } = baseline;
  // The document last, whatever order they came in: the others are on top, to be read.
  const fields = { format, measuredAt, environment, results, makespans, document };
  const lines = Object.entries(fields).map(
    ([name, value]) => `  "${name}": ${JSON.stringify(value)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** The largest file. A document takes most of it; makespans are some 20 bytes each. */
export const baselineBytesMax = ceilings.documentBytes + 1024 * 1024;

/** What a file says, or one sentence about what is wrong with it and what would be right. */
export function readBaseline(text: string): Result<Baseline> {
  if (text.length > baselineBytesMax) {
    return fail(
      `The baseline has ${formatBytes(text.length)}: the ceiling is ${formatBytes(baselineBytesMax)}.`,
    );
  }
  if (nestingDepth(text) > ceilings.nesting + 1) {
    return fail(`The baseline is nested too deeply: the ceiling is ${ceilings.nesting}.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return fail('The baseline is no JSON: give a file that was saved as a baseline.');
  }
  if (isPlainObject(value) && value['format'] === 'millrace/1') {
    return fail(
      'That is a pipeline document, not a baseline: measure it and save a baseline of it first.',
    );
  }
  const fault = baselineShapeFault(value);
  if (fault !== null) return fail(fault);
  const { document } = value as { document: unknown };
  const { problems } = parseDocument(document);
  const error = problems.find(({ severity }) => severity === 'error');
  if (error) return fail(`In the baseline’s document, ${error.message}.`);
  return ok(value as Baseline);
}
