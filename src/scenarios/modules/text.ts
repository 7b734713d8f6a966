export { outlineOf, firstParagraph, type Heading } from './markdown.ts';

/** How often each term occurs. */
export type TermCounts = Record<string, number>;

/** Words that say nothing about what a text is about. */
const stopWords = new Set(
  (
    'a an and are as at be been but by can do does for from had has have how if in into is it its ' +
    'just may more most must no not of on one only or other our out over so some such than that the ' +
    'their them then there these they this those to two under up use used was we what when where ' +
    'which while who why will with would you your ' +
    'const let var function return import export default type interface string number boolean void ' +
    'null undefined true false new class extends public private readonly async await else case break'
  ).split(' '),
);

/**
 * The terms of a text in order: words in lower case, `camelCase` and `snake_case` taken apart, plurals
 * cut, stop words and single letters left out.
 */
export function terms(text: string): string[] {
  const result: string[] = [];
  const parted = text.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2');
  for (const match of parted.matchAll(/\p{L}[\p{L}\d]+/gu)) {
    const word = singular(match[0].toLowerCase());
    if (word.length > 1 && !stopWords.has(word)) result.push(word);
  }
  return result;
}

export function countTerms(text: string): TermCounts {
  const counts = new Map<string, number>();
  for (const term of terms(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  // Object.fromEntries defines own fields, so that a term such as "constructor" is safe.
  return Object.fromEntries(counts);
}

function singular(word: string): string {
  if (word.length < 4 || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

export interface Match {
  id: string;
  /** Cosine of the two TF-IDF vectors, 0 … 1, to four digits (logarithms differ between browsers in the last bit). */
  score: number;
  /** The shared terms that count most, best first. */
  because: string[];
}

/**
 * Documents as TF-IDF vectors (term weight (1 + ln tf) × ln(1 + N/df), unit length), searched by cosine
 * through an inverted index: a query touches only documents that share a term with it.
 */
export class TfIdfIndex {
  readonly #postings = new Map<string, { document: number; weight: number }[]>();
  readonly #ids: string[] = [];
  readonly #rarity = new Map<string, number>();

  constructor(documents: Iterable<{ id: string; terms: TermCounts }>) {
    const all = [...documents];
    const holders = new Map<string, number>();
    for (const { terms: counts } of all) {
      for (const term of Object.keys(counts)) holders.set(term, (holders.get(term) ?? 0) + 1);
    }
    for (const [term, count] of holders) this.#rarity.set(term, Math.log(1 + all.length / count));
    for (const { id, terms: counts } of all) {
      const document = this.#ids.push(id) - 1;
      for (const [term, weight] of this.#vector(counts)) {
        const list = this.#postings.get(term);
        if (list) list.push({ document, weight });
        else this.#postings.set(term, [{ document, weight }]);
      }
    }
  }

  /** The `limit` documents nearest to these terms, best first; ties in the order of their ids. */
  search(query: TermCounts, limit: number): Match[] {
    const scores = new Map<number, number>();
    const reasons = new Map<number, { term: string; part: number }[]>();
    for (const [term, weight] of this.#vector(query)) {
      for (const posting of this.#postings.get(term) ?? []) {
        const part = weight * posting.weight;
        scores.set(posting.document, (scores.get(posting.document) ?? 0) + part);
        const list = reasons.get(posting.document);
        if (list) list.push({ term, part });
        else reasons.set(posting.document, [{ term, part }]);
      }
    }
    const matches = [...scores].map(([document, score]) => ({
      id: this.#ids[document] as string,
      score: Math.round(score * 1e4) / 1e4,
      because: strongest(reasons.get(document) ?? []),
    }));
    return matches.sort((a, b) => b.score - a.score || compare(a.id, b.id)).slice(0, limit);
  }

  #vector(counts: TermCounts): [string, number][] {
    const weights: [string, number][] = [];
    let squares = 0;
    for (const [term, count] of Object.entries(counts)) {
      const weight = (1 + Math.log(count)) * (this.#rarity.get(term) ?? 0);
      if (weight === 0) continue;
      weights.push([term, weight]);
      squares += weight * weight;
    }
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    return weights.map(([term, weight]) => [term, weight * scale]);
  }
}

function strongest(parts: { term: string; part: number }[]): string[] {
  const rounded = parts.map(({ term, part }) => ({ term, part: Math.round(part * 1e6) }));
  rounded.sort((a, b) => b.part - a.part || compare(a.term, b.term));
  return rounded.slice(0, 4).map(({ term }) => term);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
