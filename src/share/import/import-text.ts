import { fail, ok, type Result } from '../../base/result.ts';
import { formatBytes } from '../../base/units.ts';
import { ceilings } from '../../pipeline/ceilings.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { importDurationTable } from './duration-table.ts';
import { importFlowShop } from './flow-shop.ts';
import { importJobShop } from './job-shop.ts';
import { isBinary, looksLike } from './looks-like.ts';
import { importPsplib } from './psplib.ts';
import { Refusal } from './refusal.ts';
import { importStg } from './stg.ts';
import { importWfFormat } from './wfformat.ts';

/** From text to a document, which may still be too large. @throws {Refusal} */
type Importer = (text: string, name: string) => PipelineDocument;

const importers = {
  stg: importStg,
  psplib: importPsplib,
  'flow-shop': importFlowShop,
  'job-shop': importJobShop,
  wfformat: importWfFormat,
  csv: importDurationTable,
} as const satisfies Record<string, Importer>;

export type ImportFormat = keyof typeof importers;
export const importFormats = Object.keys(importers) as ImportFormat[];

/** Published instances take a few hundred kB, the largest recorded workflows a few MB. */
export const importBytesMax = 32 * 1024 * 1024;

/**
 * A published scheduling instance, a recorded workflow or a table of durations as a valid document.
 * @param name what the document is called
 * @returns the document; or one sentence that names line or place, and the format it looks like if another
 */
export function importText(
  format: ImportFormat,
  text: string,
  name: string,
): Result<PipelineDocument> {
  if (text.length > importBytesMax) {
    const [size, most] = [text.length, importBytesMax].map(formatBytes);
    return fail(`the text has ${size}: the ceiling is ${most}`);
  }
  const clean = text.replace(/^\uFEFF/, '');
  if (clean.trim() === '') return fail('the text is empty');
  if (isBinary(clean)) return fail(`this is binary, and ${format} is text`);
  const shortName = name.slice(0, ceilings.nameLetters);
  const result = attempt(importers[format], clean, shortName);
  if (!result.ok) {
    const other = importFormats.find(
      (id) => id !== format && attempt(importers[id], clean, shortName).ok,
    );
    const guess = other
      ? `this looks like ${other}: use --from ${other}`
      : looksLike(clean, format);
    return fail(`this is no ${format} file: ${result.error}${guess === null ? '' : ` (${guess})`}`);
  }
  return checked(result.value);
}

function attempt(importer: Importer, text: string, name: string): Result<PipelineDocument> {
  try {
    return ok(importer(text, name));
  } catch (error) {
    if (error instanceof Refusal) return fail(error.message);
    throw error;
  }
}

/** Importers see to what their format means; ceilings and the like are the document's own affair. */
function checked(document: PipelineDocument): Result<PipelineDocument> {
  const [problem] = parseDocument(document).problems.filter(({ severity }) => severity === 'error');
  return problem ? fail(`it makes no valid document: ${problem.message}`) : ok(document);
}
