import { fail, ok, type Result } from '../../base/result.ts';
import { formatBytes } from '../../base/units.ts';
import { ceilings } from '../../pipeline/ceilings.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import { documentLines } from '../document-text.ts';
import { importChromeTrace } from './chrome-trace.ts';
import { importDurationTable } from './duration-table.ts';
import { importFlowShop } from './flow-shop.ts';
import { importGithubActions } from './github-actions.ts';
import type { Chosen, Imported, Importer } from './imported.ts';
import { importJobShop } from './job-shop.ts';
import { isBinary, looksLike } from './looks-like.ts';
import { importPsplib } from './psplib.ts';
import { Refusal } from './refusal.ts';
import { importStg } from './stg.ts';
import { importWfFormat } from './wfformat.ts';

const importers = {
  stg: importStg,
  psplib: importPsplib,
  'flow-shop': importFlowShop,
  'job-shop': importJobShop,
  wfformat: importWfFormat,
  'github-actions': importGithubActions,
  'chrome-trace': importChromeTrace,
  csv: importDurationTable,
} as const satisfies Record<string, Importer>;

export type ImportFormat = keyof typeof importers;
export const importFormats = Object.keys(importers) as ImportFormat[];

/** As they are called on the page. */
export const formatTitles: Readonly<Record<ImportFormat, string>> = {
  stg: 'Task graph (STG)',
  psplib: 'Project (PSPLIB, Patterson)',
  'flow-shop': 'Flow shop (Taillard)',
  'job-shop': 'Job shop',
  wfformat: 'Recorded workflow (WfFormat)',
  'github-actions': 'GitHub Actions workflow',
  'chrome-trace': 'Chrome trace',
  csv: 'Table of durations (CSV)',
};

/** Published instances take a few hundred kB, the largest recorded workflows a few MB, traces tens of them. */
export const importBytesMax = 32 * 1024 * 1024;

/**
 * A text in another format as a valid document, with what was assumed. Never throws.
 * @param name what the document is called
 * @param chosen what the reader wants read otherwise, by the ids of the choices
 * @returns the document; or half a sentence that names line or place
 */
export function importAs(
  format: ImportFormat,
  text: string,
  name: string,
  chosen: Chosen = {},
): Result<Imported> {
  const clean = text.replace(/^\uFEFF/, '');
  const fault = faultOf(clean, format);
  if (fault !== null) return fail(fault);
  const result = attempt(format, clean, name, chosen);
  return result.ok ? checked(result.value) : fail(`this is no ${format} file: ${result.error}`);
}

/** The same for a terminal: what is refused is said with the format it looks like, if that is another. */
export function importText(
  format: ImportFormat,
  text: string,
  name: string,
  chosen: Chosen = {},
): Result<Imported> {
  const imported = importAs(format, text, name, chosen);
  if (imported.ok || !imported.error.startsWith('this is no')) return imported;
  const clean = text.replace(/^\uFEFF/, '');
  const other = importFormats.find((id) => id !== format && attempt(id, clean, name, {}).ok);
  const guess = other ? `this looks like ${other}: use --from ${other}` : looksLike(clean, format);
  return guess === null ? imported : fail(`${imported.error} (${guess})`);
}

/** Why this is not even looked at; null: it may be anything. */
function faultOf(clean: string, format: string): string | null {
  if (clean.length > importBytesMax) {
    const [size, most] = [clean.length, importBytesMax].map(formatBytes);
    return `the text has ${size}: the ceiling is ${most}`;
  }
  if (clean.trim() === '') return 'the text is empty';
  return isBinary(clean) ? `this is binary, and ${format} is text` : null;
}

function attempt(
  format: ImportFormat,
  text: string,
  name: string,
  chosen: Chosen,
): Result<Imported> {
  try {
    return ok((importers[format] as Importer)(text, name.slice(0, ceilings.nameLetters), chosen));
  } catch (error) {
    if (error instanceof Refusal) return fail(error.message);
    throw error;
  }
}

/** Importers see to what their format means; ceilings and the like are the document's own affair. */
function checked(imported: Imported): Result<Imported> {
  const { problems } = parseDocument(imported.document);
  const problem = problems.find(({ severity }) => severity === 'error');
  if (problem) return fail(`it makes no valid document: ${problem.message}`);
  // Saved, it must be read again.
  const letters = documentLines(imported.document).length;
  if (letters > ceilings.documentBytes) {
    const [size, most] = [letters, ceilings.documentBytes].map(formatBytes);
    return fail(`it makes a document of ${size}: the ceiling is ${most}`);
  }
  return ok(imported);
}

/** Whether its first line has words with marks between them, such as "parse,render". Each step passes the text once. */
function isTable(text: string): boolean {
  const line = /^[^\n]*/.exec(text)![0];
  const firstLetter = line.search(/\p{L}/u);
  const firstMark = firstLetter < 0 ? -1 : line.slice(firstLetter).search(/[,;\t]/);
  return firstMark >= 0 && /\p{L}/u.test(line.slice(firstLetter + firstMark));
}

/** The formats a text may be in, by its look, the likeliest first. */
function likely(text: string): ImportFormat[] {
  if (/^\s*[[{]/.test(text)) {
    return /"workflow"\s*:/.test(text) ? ['wfformat', 'chrome-trace'] : ['chrome-trace'];
  }
  if (/^["']?jobs["']?\s*:/m.test(text)) return ['github-actions'];
  if (isTable(text)) return ['csv'];
  const others = importFormats.filter((id) => !['wfformat', 'chrome-trace'].includes(id));
  return others.filter((id) => id !== 'github-actions');
}

/**
 * The same for a text of which nobody has said in what format it is. Never throws.
 * @returns one sentence, without a subject ("is neither …"), where it is in none
 */
export function importAny(text: string, name: string): Result<Imported & { format: ImportFormat }> {
  const clean = text.replace(/^\uFEFF/, '');
  const fault = faultOf(clean, 'what can be imported');
  if (fault !== null) return fail(`cannot be imported: ${fault}.`);
  const formats = likely(clean);
  let why: string | null = null;
  for (const format of formats) {
    const result = attempt(format, clean, name, {});
    const whole = result.ok ? checked(result.value) : result;
    if (whole.ok) return ok({ ...whole.value, format });
    // The format is that one, only the document it makes is refused; or it can be no other.
    if (result.ok || formats.length === 1) why ??= `was read as ${format}, but ${whole.error}.`;
  }
  return fail(why ?? `is in no format that can be imported (${importFormats.join(', ')}).`);
}
