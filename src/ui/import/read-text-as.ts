import { fail, ok, type Result } from '../../base/result.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { Chosen, Imported } from '../../share/import/imported.ts';
import {
  formatTitles,
  importAny,
  importAs,
  importFormats,
  type ImportFormat,
} from '../../share/import/import-text.ts';
import { asSentence } from '../state/error-sentence.ts';

/** What a text can be read as. */
export type TextFormat = ImportFormat | 'millrace';

export interface TextReading {
  /** null: nobody chose one, and it looks like none. */
  format: TextFormat | null;
  /** A document, or a sentence. */
  result: Result<Imported>;
}

export const textFormats: readonly (readonly [TextFormat, string])[] = [
  ['millrace', 'Millrace document'],
  ...importFormats.map((format) => [format, formatTitles[format]] as const),
];

/** Whether a text is meant to be a document of our own, however broken. */
export const isOwnText = (text: string): boolean =>
  /^\uFEFF?\s*\{/.test(text) && /"format"\s*:\s*"millrace\/|"stages"\s*:/.test(text);

/**
 * A text as a document. Never throws.
 * @param wanted null: as what it looks like
 */
export function readTextAs(
  wanted: TextFormat | null,
  text: string,
  name: string,
  chosen: Chosen,
): TextReading {
  if (wanted === 'millrace' || (wanted === null && isOwnText(text))) {
    return { format: 'millrace', result: readOwn(text) };
  }
  if (wanted !== null) {
    const result = importAs(wanted, text, name, chosen);
    return { format: wanted, result: result.ok ? result : fail(asSentence(result.error)) };
  }
  const found = importAny(text, name);
  if (!found.ok) return { format: null, result: fail(`The text ${found.error}`) };
  const { format } = found.value;
  // Read once more only if something was chosen.
  return Object.keys(chosen).length === 0
    ? { format, result: found }
    : readTextAs(format, text, name, chosen);
}

/** What it is wrong with can be mended once it is open, if its stages can be told apart. */
function readOwn(text: string): Result<Imported> {
  const { document, problems } = parseDocument(text);
  const error = problems.find(({ severity }) => severity === 'error');
  if (document === null) return fail(asSentence(error?.message ?? 'That is no pipeline document'));
  const remarks = error
    ? [`It cannot be run as it is, and can be mended once it is open: ${error.message}.`]
    : [];
  return ok({ document, remarks, choices: [] });
}
