import type { RunError } from '../../engine/runner.ts';

/** A field of the document as problems name it ("stages.a.work"): it is spelt as it is. */
const startsWithField = /^[a-z]\w*[.[]/;

export const asSentence = (text: string): string =>
  (startsWithField.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1)) +
  (/[.!?]$/.test(text) ? '' : '.');

/**
 * Stage, line and message as one sentence; a message that names the stage itself is not given it twice.
 * `names`: what the graph calls the stages, by id.
 */
export function runErrorSentence(
  { message, stage, line, column }: RunError,
  names: ReadonlyMap<string, string>,
): string {
  const place = line ? `line ${line}${column ? `:${column}` : ''}` : '';
  const called = stage === undefined ? '' : (names.get(stage) ?? stage);
  const isNamed = stage === undefined || message.includes(`"${stage}"`);
  const said = stage === undefined ? message : message.replaceAll(`"${stage}"`, `"${called}"`);
  if (isNamed) return asSentence(place ? `${said.replace(/\.$/, '')} (${place})` : said);
  return `Stage "${called}"${place && ` (${place})`}: ${asSentence(message)}`;
}
