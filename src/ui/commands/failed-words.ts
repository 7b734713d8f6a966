import { asSentence } from '../state/error-sentence.ts';

/**
 * How a module that could not be fetched is reported: by Chrome and Edge, by Firefox, by Safari, and by Vite
 * where only its style sheet is missing.
 */
const notFetched =
  /dynamically imported module|Importing a module script failed|Unable to preload CSS/;

/** What is said of a command that failed: much of what does it is fetched when it is first asked for. */
export function failedWords(title: string, error: unknown): string {
  const { message } = error instanceof Error ? error : { message: String(error) };
  const failed = `“${title}” could not be done`;
  if (notFetched.test(message)) return `${failed}: check the connection and try again.`;
  return message === '' ? `${failed}.` : `${failed}. ${asSentence(message)}`;
}
