/** A token as the parser gives it; comments have a string for a type. */
export interface RawToken {
  type: string | { label: string; keyword?: string | undefined };
  value: unknown;
  start: number;
  end: number;
}

/** Names to the parser, keywords to a reader. */
const contextualKeywords = new Set(['as', 'async', 'await', 'get', 'of', 'set', 'static']);

/**
 * The tokens in [start, end) of a file's tokens (sorted, without comments), made comparable:
 *
 *   for (const row of table.rows) sum += row.cost * 2;
 *   for ( const v0 of v1 .rows ) v2 += v0 .cost * 2 ;
 *
 * Names are numbered by first appearance, so that a renamed copy reads the same; names after a dot
 * stay, because what is called tells code apart; strings, templates and patterns become a kind.
 */
export function normaliseTokens(tokens: readonly RawToken[], start: number, end: number): string[] {
  const numbers = new Map<string, string>();
  const result: string[] = [];
  let afterDot = false;
  for (let i = firstAtOrAfter(tokens, start); i < tokens.length; i++) {
    const token = tokens[i] as RawToken;
    if (token.start >= end) break;
    const { label, keyword } = token.type as { label: string; keyword?: string };
    if (label === '.' || label === '?.') {
      afterDot = true;
      continue;
    }
    if (keyword !== undefined && !afterDot) result.push(keyword);
    else if (label === 'string' || label === 'template' || label === 'regexp') result.push(label);
    else if (label === 'num' || label === 'bigint') result.push(String(token.value));
    else if (isWord(token.value)) result.push(word(token.value, afterDot, numbers));
    else result.push(typeof token.value === 'string' ? token.value : label);
    afterDot = false;
  }
  return result;
}

function word(name: string, afterDot: boolean, numbers: Map<string, string>): string {
  if (afterDot) return `.${name}`;
  if (contextualKeywords.has(name)) return name;
  let number = numbers.get(name);
  if (number === undefined) numbers.set(name, (number = `v${numbers.size}`));
  return number;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\p{ID_Start}$_]/u.test(value);
}

function firstAtOrAfter(tokens: readonly RawToken[], start: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tokens[middle] as RawToken).start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
