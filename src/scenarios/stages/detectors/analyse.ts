import { terms } from 'millrace:text';
import { samples } from 'millrace:warm-up';
import { reuse } from 'reuse';

/** Kinds of detectors: each file is looked through by one of each. */
const kinds = 8;
const wordsEach = 40;
const charactersEach = 6000;

const words = [...new Set(samples.flatMap(({ text }) => terms(text)))].filter(
  (word) => word.length > 4,
);
const text = samples.map((sample) => sample.text).join('\n');

const makeDetectors = (): Detector[] =>
  Array.from(
    { length: kinds },
    (_, kind) => new Detector(words.slice(kind * wordsEach, (kind + 1) * wordsEach)),
  );

/** The pool of a worker: made before the clock. */
export function setup(): Detector[] {
  return makeDetectors();
}

/** Looks a file through, with detectors of its own or those of the worker. */
export default function analyse({ index }: { index: number }, ctx: StageContext<Detector[]>) {
  const from = (index * charactersEach) % (text.length - charactersEach);
  const file = text.slice(from, from + charactersEach);
  const detectors = reuse === 'file' ? makeDetectors() : ctx.setup;
  return { file: index, found: detectors.map((detector) => detector.count(file)) };
}

const letters = 128;

/**
 * Finds many words in one pass. A. Aho, M. Corasick, "Efficient string matching: an aid to bibliographic search",
 * Communications of the ACM 18 (6), 1975, with all moves worked out when it is made: that is what it costs.
 */
class Detector {
  /** State × letter → next state; row 0 is where no word has begun. */
  readonly #next: Uint16Array;
  /** State → words that end there. */
  readonly #ends: Uint8Array;

  constructor(words: readonly string[]) {
    const states = words.reduce((sum, word) => sum + word.length, 1);
    this.#next = new Uint16Array(states * letters);
    this.#ends = new Uint8Array(states);
    let used = 1;
    for (const word of words) {
      let at = 0;
      for (let i = 0; i < word.length; i++) {
        const move = at * letters + (word.charCodeAt(i) % letters);
        if (this.#next[move] === 0) this.#next[move] = used++;
        at = this.#next[move]!;
      }
      this.#ends[at]!++;
    }
    this.#addFallbacks(used);
  }

  /** Breadth first: the state of the longest proper suffix is nearer to the root, so its moves are known. */
  #addFallbacks(states: number): void {
    const fallback = new Uint16Array(states);
    const queue = new Uint16Array(states);
    let end = 0;
    for (let letter = 0; letter < letters; letter++) {
      const first = this.#next[letter]!;
      if (first !== 0) queue[end++] = first;
    }
    for (let head = 0; head < end; head++) {
      const state = queue[head]!;
      const suffix = fallback[state]!;
      this.#ends[state]! += this.#ends[suffix]!;
      for (let letter = 0; letter < letters; letter++) {
        const move = state * letters + letter;
        const child = this.#next[move]!;
        const other = this.#next[suffix * letters + letter]!;
        if (child === 0) this.#next[move] = other;
        else {
          fallback[child] = other;
          queue[end++] = child;
        }
      }
    }
  }

  /** How often its words occur, overlapping or not. */
  count(text: string): number {
    let found = 0;
    let at = 0;
    for (let i = 0; i < text.length; i++) {
      at = this.#next[at * letters + (text.charCodeAt(i) % letters)]!;
      found += this.#ends[at]!;
    }
    return found;
  }
}
