/** What a command talks to; handed in, so that tests can read what was said. */
export interface Terminal {
  out: (text: string) => void;
  err: (text: string) => void;
  stdin: AsyncIterable<Uint8Array | string>;
}

export interface Option {
  /** What the value stands for in the usage line; null: a switch. */
  value: string | null;
  /** May be given several times. */
  repeated?: boolean;
  /** The command cannot do without. */
  required?: boolean;
}

export interface Command {
  name: string;
  /** One line for the usage text. */
  summary: string;
  /** Names of the words that must follow, in order. */
  words: readonly string[];
  /** What any number of further words stand for. */
  more?: string;
  options: Readonly<Record<string, Option>>;
  /** @returns the exit code: 0, or 1 for a failed check. @throws {BadInput} for exit code 2 */
  run(given: Given, terminal: Terminal): Promise<number>;
}

/** The words and options of one call, already checked against the command. */
export interface Given {
  words: readonly string[];
  /** Every value given, in order; a switch that was given is [""]. */
  options: Readonly<Record<string, readonly string[]>>;
}

/** The user's mistake, in one sentence: exit code 2. */
export class BadInput extends Error {}

/** What was asked for could not be done, through no mistake in the input: exit code 1. */
export class Failed extends Error {}
