/** How well something answers to what was typed, and which letters of it do (UTF-16 positions, rising). */
export interface Match {
  /** Above 0, at most 100. */
  score: number;
  at: readonly number[];
}

const wholeWord = 100;
const wordStart = 90;
const inWord = 60;
/** The most that scattered letters can reach: below any word that holds them in one piece. */
const scattered = 50;

/**
 * Text without case and accents, as all of this compares it. Letter for letter, so that places in it are
 * places in the text.
 */
export function folded(text: string): string {
  return text.replace(/[^\x00-\x7f]/g, foldedLetter).toLowerCase();
}
const foldedLetter = (letter: string): string =>
  letter.normalize('NFD').charAt(0).toLowerCase().charAt(0);

/** The words of a query, folded. */
export const tokensOf = (query: string): string[] => folded(query).split(/\s+/).filter(Boolean);

/**
 * Finds a token in a text: as a word or its start, inside a word, or as letters in this order with others
 * between ("mksp" in "makespan"). null: not even that. Both folded.
 * @param isWhole the last of these, which costs most, does not count.
 */
export function matchToken(token: string, text: string, isWhole = false): Match | null {
  if (token.length === 0) return null;
  return inOnePiece(token, text) ?? (isWhole ? null : inPieces(token, text));
}

/**
 * Every word of the query is found in the title, or (for less) whole in the other words it goes by. All
 * folded; `isWhole` as in `matchToken`.
 */
export function matchTokens(
  tokens: readonly string[],
  title: string,
  words: string,
  isWhole = false,
): Match | null {
  const at = new Set<number>();
  let sum = 0;
  for (const token of tokens) {
    const inTitle = matchToken(token, title, isWhole);
    const inWords = inTitle?.score === wholeWord ? null : inOnePiece(token, words);
    const other = (inWords?.score ?? 0) * 0.8;
    if (inTitle && inTitle.score >= other) {
      sum += inTitle.score;
      for (const place of inTitle.at) at.add(place);
    } else if (other > 0) sum += other;
    else return null;
  }
  if (tokens.length === 0) return null;
  return { score: sum / tokens.length, at: [...at].sort((a, b) => a - b) };
}

/** Whether `matchTokens` finds them, for much less. A query that is longer finds no more. */
export const areThere = (tokens: readonly string[], title: string, words: string): boolean =>
  tokens.every((token) => isSubsequence(token, title) || words.includes(token));

/** Of folded text. */
const isLetter = (char: string | undefined): boolean =>
  char !== undefined &&
  (char < '\u0080'
    ? (char >= 'a' && char <= 'z') || (char >= '0' && char <= '9')
    : /[\p{L}\p{N}\ud800-\udfff]/u.test(char));
const startsWord = (text: string, at: number): boolean =>
  isLetter(text[at]) && !isLetter(text[at - 1]);

function inOnePiece(wanted: string, text: string): Match | null {
  let [score, at] = [0, -1];
  for (
    let from = text.indexOf(wanted);
    from >= 0 && score < wholeWord;
    from = text.indexOf(wanted, from + 1)
  ) {
    const end = from + wanted.length;
    const here = !startsWord(text, from) ? inWord : isLetter(text[end]) ? wordStart : wholeWord;
    if (here > score) [score, at] = [here, from];
  }
  return score === 0
    ? null
    : { score, at: Array.from({ length: wanted.length }, (_, index) => at + index) };
}

/** What a letter is worth: at the start of a word, right behind the one before it, anywhere else. */
const worth = { start: 8, behind: 6, anywhere: 1 };

/** The best way to find the letters in this order: `best[i][j]`, letter i at place j of the text. */
function inPieces(wanted: string, text: string): Match | null {
  if (!isSubsequence(wanted, text)) return null;
  const width = text.length;
  const best = new Float64Array(wanted.length * width).fill(-1);
  const from = new Int32Array(wanted.length * width).fill(-1);
  for (let i = 0; i < wanted.length; i++) {
    /** The best end of what comes before letter i, among places left of j. */
    let [before, beforeAt] = [i === 0 ? 0 : -1, -1];
    for (let j = 0; j < width; j++) {
      const diagonal = i > 0 && j > 0 ? best[(i - 1) * width + j - 1]! : -1;
      if (diagonal > before) [before, beforeAt] = [diagonal, j - 1];
      if (text[j] !== wanted[i] || before < 0) continue;
      const apart = before + (startsWord(text, j) ? worth.start : worth.anywhere);
      const joined = diagonal < 0 ? -1 : diagonal + worth.behind;
      best[i * width + j] = Math.max(apart, joined);
      from[i * width + j] = joined >= apart ? j - 1 : beforeAt;
    }
  }
  const last = best.subarray((wanted.length - 1) * width);
  let end = 0;
  for (let j = 1; j < width; j++) if (last[j]! > last[end]!) end = j;
  const at: number[] = [];
  for (let i = wanted.length - 1, j = end; i >= 0; i--) {
    at.unshift(j);
    j = from[i * width + j]!;
  }
  return { score: (scattered * last[end]!) / (worth.start * wanted.length), at };
}

function isSubsequence(wanted: string, text: string): boolean {
  let from = 0;
  for (const letter of wanted.split('')) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
