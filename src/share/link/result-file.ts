/** What somebody measured of a document, as a file: the content of a link as JSON, to be read and kept. */
import { fail, type Result } from '../../base/result.ts';
import { formatBytes } from '../../base/units.ts';
import { isPlainObject } from '../../pipeline/schema-parts.ts';
import type { ClaimedResult, LinkContent } from './link-content.ts';
import { checkContent, contentBytesMax, readJson } from './read-content.ts';

export const resultFormat = 'millrace-result/1';

/** With what was measured: without it there would be no file. */
export type MeasuredContent = LinkContent & { result: ClaimedResult };

/** Whether a file's text is meant to be one: then what `readResultFile` says of it is worth showing. */
export const isResultFile = (text: string): boolean => {
  // Saved ones begin with it; others are searched no further than a reader would look.
  return /"format"\s*:\s*"millrace-result\//.test(text.slice(0, 2000));
};

/** A field a line; the document last, so that what was measured stands on top, to be read. */
export function resultFileText({ document, ...rest }: LinkContent): string {
  const fields = { format: resultFormat, ...rest, document };
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  "${name}": ${JSON.stringify(value)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** What a file says, or one sentence about what is wrong with it. Never throws; takes bounded time and memory. */
export function readResultFile(text: string): Result<MeasuredContent> {
  if (text.length > contentBytesMax) {
    return fail(
      `The result’s file has ${formatBytes(text.length)}: the ceiling is ${formatBytes(contentBytesMax)}.`,
    );
  }
  const damaged =
    'The file is no JSON: give one that was saved as a result (its name ends in .millrace-result.json).';
  const written = readJson(text.replace(/^\uFEFF/, ''), 'result’s file', damaged);
  if (!written.ok) return written;
  if (!isPlainObject(written.value) || written.value['format'] !== resultFormat)
    return fail(`The file is no result: one begins with "format": "${resultFormat}".`);
  const { format: _format, ...content } = written.value;
  const read = checkContent(content, 'result’s file');
  if (read.ok && read.value.result === undefined)
    return fail('In the result’s file, result is missing: it is what was measured.');
  return read as Result<MeasuredContent>;
}
