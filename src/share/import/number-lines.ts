import { Refusal, refuseLine } from './refusal.ts';

/** One line of numbers, as published data sets have them. */
export interface NumberLine {
  /** 1-based, in the whole text. */
  line: number;
  values: number[];
}

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const shownLetters = 30;

/**
 * The lines of a text that is nothing but numbers; blank lines and those that start with `#` are left out.
 * @throws {Refusal} naming the first word that is no number
 */
export function numberLines(text: string): NumberLine[] {
  const lines: NumberLine[] = [];
  text.split('\n').forEach((raw, index) => {
    const words = raw.trim();
    if (words === '' || words.startsWith('#')) return;
    lines.push({
      line: index + 1,
      values: words.split(/\s+/).map((word) => readNumber(word, index + 1)),
    });
  });
  if (lines.length === 0) throw new Refusal('there are no numbers in it');
  return lines;
}

/** @throws {Refusal} unless the word is a number, and not beyond all bounds */
export function readNumber(word: string, line: number): number {
  if (!decimal.test(word)) refuseLine(line, `"${shortened(word)}" is no number`);
  const value = Number(word);
  if (!Number.isFinite(value)) refuseLine(line, `${shortened(word)} is too large a number`);
  return value;
}

function shortened(word: string): string {
  return word.length <= shownLetters ? word : `${word.slice(0, shownLetters)}…`;
}

/** A count or an index. @throws {Refusal} unless it is whole and within [least, most] */
export function wholeIn(
  value: number,
  what: string,
  line: number,
  least: number,
  most = Infinity,
): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const range = most === Infinity ? `${least} or more` : `from ${least} to ${most}`;
  return refuseLine(line, `${what} is ${value}; it takes a whole number, ${range}`);
}

/** A published time; it becomes as many ms. @throws {Refusal} when negative */
export function durationMs(value: number, what: string, line: number): number {
  if (value >= 0) return value;
  return refuseLine(line, `the duration of ${what} is ${value}; it takes 0 or more`);
}

/** The two counts that a file of a flow shop or job shop begins with. */
export function jobsAndMachines({ line, values }: NumberLine): { jobs: number; machines: number } {
  if (values.length !== 2) {
    refuseLine(
      line,
      `${values.length} numbers where two are expected: how many jobs, how many machines`,
    );
  }
  return {
    jobs: wholeIn(values[0]!, 'the number of jobs', line, 1),
    machines: wholeIn(values[1]!, 'the number of machines', line, 1),
  };
}

/**
 * The rows after the first line, checked against what it announces.
 * @param what of one row, such as "durations, one a job"
 * @throws {Refusal} naming the first row that is too short or too long, missing or too many
 */
export function announcedRows(
  lines: readonly NumberLine[],
  { rows, width, row, what }: { rows: number; width: number; row: string; what: string },
): NumberLine[] {
  const data = lines.slice(1);
  for (const { line, values } of data.slice(0, rows)) {
    if (values.length !== width) {
      refuseLine(
        line,
        `${values.length} numbers where ${width} ${width === 1 ? 'is' : 'are'} expected: ${what}`,
      );
    }
  }
  if (data.length < rows) {
    const last = lines.at(-1)!.line;
    refuseLine(last, `the text ends after ${data.length} of ${rows} rows, one a ${row}`);
  }
  if (data.length > rows) {
    refuseLine(
      data[rows]!.line,
      `more rows than the ${rows} announced in the first line, one a ${row}`,
    );
  }
  return data;
}
