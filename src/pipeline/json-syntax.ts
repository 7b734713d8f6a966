/**
 * Finds out where JSON text breaks, and where in it a value stands. `JSON.parse` does the reading; its
 * messages differ between browsers and not all name a place.
 */
export interface TextPlace {
  /** Offset in UTF-16 units. */
  offset: number;
  /** 1-based. */
  line: number;
  column: number;
}

export interface SyntaxProblem extends TextPlace {
  message: string;
}

export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { offset, line: before.split('\n').length, column: offset - lineStart + 1 };
}

/** What is being read: the path of keys and indexes to it. */
interface Frame {
  kind: '{' | '[';
  key: string | number;
}

interface Scanner {
  text: string;
  at: number;
}

const space = /[ \t\r\n]*/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
const anyWord = /[A-Za-z_$'`][\w$'`-]*/y;

function take(scanner: Scanner, pattern: RegExp): string | null {
  pattern.lastIndex = scanner.at;
  const match = pattern.exec(scanner.text);
  if (!match) return null;
  scanner.at += match[0].length;
  return match[0];
}

/**
 * Reads JSON text, calling `visit` with the path of each value and key as it comes. Returns the first
 * thing wrong, or null. Iterative: text may be nested a million deep.
 */
export function scanJson(
  text: string,
  visit?: (path: readonly (string | number)[], from: number, to: number) => void,
): SyntaxProblem | null {
  const scanner: Scanner = { text, at: 0 };
  const frames: Frame[] = [];
  const starts: number[] = [];
  const path = (): (string | number)[] => frames.map((frame) => frame.key);
  const wrong = (message: string): SyntaxProblem => ({ ...placeAt(text, scanner.at), message });
  for (;;) {
    // A value is due here.
    take(scanner, space);
    const from = scanner.at;
    const opener = text[scanner.at];
    if (opener === '{' || opener === '[') {
      scanner.at++;
      frames.push({ kind: opener, key: 0 });
      starts.push(from);
      take(scanner, space);
      const closer = opener === '{' ? '}' : ']';
      if (text[scanner.at] !== closer) {
        if (opener === '{') {
          const problem = takeKey(scanner, frames, wrong);
          if (problem) return problem;
        }
        continue;
      }
    } else if (
      take(scanner, string) !== null ||
      take(scanner, word) !== null ||
      take(scanner, number) !== null
    ) {
      visit?.(path(), from, scanner.at);
    } else return wrong(noValue(scanner));
    // A value has ended: close what ends with it, or go on to the next.
    for (;;) {
      take(scanner, space);
      const frame = frames.at(-1);
      if (!frame) {
        return scanner.at === text.length
          ? null
          : wrong('there is text after the end of the document');
      }
      const mark = text[scanner.at];
      if (mark === (frame.kind === '{' ? '}' : ']')) {
        scanner.at++;
        frames.pop();
        visit?.(path(), starts.pop()!, scanner.at);
        continue;
      }
      if (mark !== ',') return wrong(noComma(scanner, frame));
      scanner.at++;
      take(scanner, space);
      if (frame.kind === '[') {
        if (text[scanner.at] === ']') return wrong('remove the comma before "]"');
        frame.key = Number(frame.key) + 1;
      } else {
        if (text[scanner.at] === '}') return wrong('remove the comma before "}"');
        const problem = takeKey(scanner, frames, wrong);
        if (problem) return problem;
      }
      break;
    }
  }
}

function takeKey(
  scanner: Scanner,
  frames: Frame[],
  wrong: (message: string) => SyntaxProblem,
): SyntaxProblem | null {
  const key = take(scanner, string);
  if (key === null) {
    const name = peekWord(scanner);
    return wrong(
      name === null ? 'a name in double quotes is missing' : `put ${name} in double quotes`,
    );
  }
  frames.at(-1)!.key = JSON.parse(key) as string;
  take(scanner, space);
  if (scanner.text[scanner.at] !== ':')
    return wrong(`a ":" is missing after ${key.length > 60 ? `${key.slice(0, 60)}…` : key}`);
  scanner.at++;
  return null;
}

function peekWord(scanner: Scanner): string | null {
  const at = scanner.at;
  const found = take(scanner, anyWord);
  scanner.at = at;
  return found === null ? null : found.replace(/['`]/g, '').slice(0, 40);
}

function noValue(scanner: Scanner): string {
  const { text, at } = scanner;
  if (at >= text.length) return 'the document ends too early';
  if (text[at] === '"') return 'this text has no end, or a line break or a wrong escape inside';
  if (text.startsWith('//', at) || text.startsWith('/*', at)) return 'JSON has no comments';
  const name = peekWord(scanner);
  if (name !== null) return `put ${name} in double quotes, if it is text`;
  return `a value is missing before "${text[at]!}"`;
}

function noComma(scanner: Scanner, frame: Frame): string {
  if (scanner.at >= scanner.text.length) {
    return `the document ends too early: a "${frame.kind === '{' ? '}' : ']'}" is missing`;
  }
  return `a comma is missing before ${JSON.stringify(scanner.text[scanner.at])}`;
}
