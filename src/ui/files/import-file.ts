import { fail, type Result } from '../../base/result.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { importBytesMax, importFormats, importText } from '../../share/import/import-text.ts';

/**
 * A file in one of the formats that can be imported, as a document; null: it looks like a document of
 * our own, however broken. Errors are the rest of a sentence that begins with the file's name.
 */
export async function importFile(
  name: string,
  file: Blob,
): Promise<Result<PipelineDocument> | null> {
  if (file.size > importBytesMax) return null;
  const text = await file.text();
  const isJson = /^\uFEFF?\s*[{[]/.test(text);
  if (isJson && !/"workflow"\s*:/.test(text)) return null;
  const title = name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '');
  const formats = importFormats.filter((format) => (format === 'wfformat') === isJson);
  let why: string | null = null;
  for (const format of formats) {
    const result = importText(format, text, title);
    if (result.ok) return { ok: true, value: result.value.document };
    // The format is that one, only the document it makes is refused.
    if (result.error.startsWith('it makes')) why = `was read as ${format}, but ${result.error}.`;
  }
  if (why !== null) return fail(why);
  if (isJson || /\.json$/i.test(name)) return null;
  return fail(
    `is neither a document nor in a format that can be imported (${importFormats.join(', ')}): pick another file.`,
  );
}
