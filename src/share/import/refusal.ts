/** Why a text cannot be imported: one sentence for a person, with the line where there is one. */
export class Refusal extends Error {
  constructor(message: string) {
    super(shortened(message));
  }
}

const wordLettersMax = 60;
const lettersMax = 400;

/** What is cited of a file may be as long as the file, and have lines of its own. */
function shortened(message: string): string {
  const words = message.split(/\s+/).map((word) => cut(word, wordLettersMax));
  return cut(words.join(' '), lettersMax);
}

const cut = (text: string, letters: number): string =>
  text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;

/** @throws {Refusal} always, naming the line (1-based) */
export function refuseLine(line: number, what: string): never {
  throw new Refusal(`line ${line}: ${what}`);
}
