import { fail, type Result } from '../../base/result.ts';
import { formatBytes } from '../../base/units.ts';
import { importBytesMax } from '../../share/import/import-text.ts';
import type { App } from '../state/app.svelte.ts';
import { isOwnText, readTextAs } from './read-text-as.ts';
import { isNoImport, takeText } from './take-text.ts';

/** "runs/ft10.txt" → "ft10". */
const titleOf = (name: string): string => name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '');

/** JSON that is not in a format of others is taken for a document of our own, however broken. */
const isOwnJson = (name: string, text: string): boolean =>
  isOwnText(text) || /^\uFEFF?\s*[{[]/.test(text) || /\.json$/i.test(name);

/**
 * A picked file in a format of others: a preview of it is shown.
 * @returns false: it is a document of our own, to be opened as it is; or why it is neither, as the rest of a sentence that
 * begins with the file's name
 */
export async function takeForeign(app: App, name: string, file: Blob): Promise<Result<boolean>> {
  if (file.size > importBytesMax) {
    const [size, most] = [file.size, importBytesMax].map(formatBytes);
    return fail(`has ${size}, and what is imported may have ${most}: pick another file.`);
  }
  const text = await file.text();
  // A result has a document of our own in it.
  if (isOwnText(text) && !isNoImport(text)) return { ok: true, value: false };
  const { result } = readTextAs(null, text, titleOf(name), {});
  if (result.ok || isNoImport(text)) {
    await takeText(app, text, titleOf(name));
    return { ok: true, value: true };
  }
  if (isOwnJson(name, text)) return { ok: true, value: false };
  return fail(result.error.replace(/^The text /, ''));
}

/**
 * A dropped file: most are items for the source, but one in a format of others may be meant to be opened.
 * @returns whether a preview of it is shown
 */
export async function offerForeign(app: App, file: File): Promise<boolean> {
  const { source } = app.doc.document;
  // Files are what is asked for.
  if (source?.kind === 'files' || file.size > importBytesMax) return false;
  const text = await file.text();
  const isDocument = !isOwnText(text) && readTextAs(null, text, '', {}).result.ok;
  if (!isNoImport(text) && !isDocument) return false;
  await takeText(app, text, titleOf(file.name), file);
  return true;
}
