import type { RunError } from '../../engine/runner.ts';
import { asSentence } from './error-sentence.ts';

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
