import type { RunError } from '../../engine/runner.ts';

export const asSentence = (text: string): string =>
  text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');

/** Stage, line and message as one sentence; a message that names the stage itself is not given it twice. */
export function runErrorSentence({ message, stage, line, column }: RunError): string {
  const place = line ? `line ${line}${column ? `:${column}` : ''}` : '';
  const named = stage === undefined || message.includes(`"${stage}"`);
  if (named) return asSentence(place ? `${message.replace(/\.$/, '')} (${place})` : message);
  return `Stage "${stage}"${place && ` (${place})`}: ${asSentence(message)}`;
}
