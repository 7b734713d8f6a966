/** What stage code sees: the type of `ctx`, of a file, and the modules shipped with Millrace. */

/** The second argument of a stage (the third of a fold). */
interface StageContext<Setup = unknown> {
  /** Number of the item, or of the first one of a batch. */
  readonly item: number;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** What `setup()` returned on this worker. */
  readonly setup: Setup;
  /** Aborted when the task times out or the run is stopped. */
  readonly signal: AbortSignal;
  /** Returned in place of a result: the item ends here, delivered. */
  readonly none: never;
  /** Returned in place of a result: each value goes on as a child of the item. */
  many(values: readonly unknown[]): never;
  /** A seeded draw in [0, 1): the same for this item and attempt in every run. */
  random(): number;
  /** Sleeps without using the thread. */
  wait(ms: number): Promise<void>;
  /** Prints a line into the log of the run. */
  log(...values: unknown[]): void;
  /** Counters of this document, one for all workers; a later run goes on counting. */
  readonly counter: StageCounter;
  /** A seeded service of numbered pages, with the settings of the source when that is a service. */
  readonly service: StageService;
}

/** When a counter is written to storage: see `StageCounter.add`. */
type CounterWrite = 'through' | { every: number } | { everyMs: number };

/** Counters that outlive a run: whole numbers by name, kept in this browser. */
interface StageCounter {
  /** Adds `by` (1) and gives the new value. Written 'through' it resolves when it is on the disk; with { every: 10 } only each 10th waits for that (a crash loses up to 9), with { everyMs: 50 } none does. What is added stays, even if the task then fails and is tried again. */
  add(name: string, by?: number, options?: { write?: CounterWrite }): Promise<number>;
  /** What it has come to; 0 at first. */
  value(name: string): Promise<number>;
}

interface ServicePage {
  items: { index: number; page: number; value: number }[];
  page: number;
  pages: number;
  /** null: this is the last page. */
  next: number | null;
}

/** Paged like an API; the same for the same seed. */
interface StageService {
  /** One call, for page 0 or another; it takes the service’s latency and its turn within its rate. Throws an error with `status` 503 (by chance) or 429 (its turn is more than a second away), and `retryAfter` in ms. */
  page(page?: number): Promise<ServicePage>;
}

/** An item of a corpus or of the files you picked: `text`, or `bytes` when it is not text. */
interface StageFile {
  path: string;
  text?: string;
  bytes?: ArrayBuffer | Uint8Array;
}

/** Parses TypeScript and JavaScript. */
declare module 'millrace:typescript' {
  export interface FunctionFound {
    /** The name it is declared, assigned or keyed under; "(anonymous)" when it has none. */
    name: string;
    kind: 'function' | 'arrow' | 'method' | 'getter' | 'setter' | 'constructor';
    /** Offsets into the text; the end is exclusive. */
    start: number;
    end: number;
    /** 1-based, of its first and last character. */
    line: number;
    endLine: number;
    text: string;
    /** Its tokens with local names numbered by first appearance, so that renaming changes nothing. */
    tokens: string[];
  }
  export interface SyntaxNode {
    type: string;
    start: number;
    end: number;
    loc: { start: { line: number; column: number }; end: { line: number; column: number } };
    [field: string]: unknown;
  }
  export interface RawToken {
    type: string | { label: string; keyword?: string | undefined };
    value: unknown;
    start: number;
    end: number;
  }
  /** The syntax tree, as @babel/parser makes it. Throws a SyntaxError that names the place. */
  export function parseTypeScript(
    text: string,
    path: string,
  ): { program: SyntaxNode; tokens: RawToken[] };
  /** All functions of a file that have a body, in the order they begin. */
  export function functionsOf(text: string, path: string): FunctionFound[];
  /** Names a module exports, sorted; `export * from 'x'` is "* from x". */
  export function exportsOf(text: string, path: string): string[];
}

/** Token streams as vectors. */
declare module 'millrace:features' {
  /** Length of every vector. */
  export const dimensions: 256;
  /** Numbers in a signature, and bits in each. */
  export const tables: 32;
  export const bitsPerTable: 12;
  /** A unit vector for a stream of tokens, by signed feature hashing of runs of tokens. */
  export function embed(tokens: readonly string[]): Float32Array;
  /** Cosine of two unit vectors: 1 is the same direction, about 0 is unrelated. */
  export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number;
  /** Vectors that agree in one of these numbers are worth comparing (random hyperplanes). */
  export function signature(vector: ArrayLike<number>): Uint16Array;
}

/** Words, search and Markdown. */
declare module 'millrace:text' {
  export type TermCounts = Record<string, number>;
  export interface Match {
    id: string;
    /** Cosine of the two TF-IDF vectors, 0 … 1. */
    score: number;
    /** The shared terms that count most, best first. */
    because: string[];
  }
  export interface Heading {
    level: number;
    title: string;
    /** 1-based. */
    line: number;
  }
  /** Words in lower case, names taken apart, plurals cut, stop words left out. */
  export function terms(text: string): string[];
  export function countTerms(text: string): TermCounts;
  export class TfIdfIndex {
    constructor(documents: Iterable<{ id: string; terms: TermCounts }>);
    /** The `limit` nearest documents, best first. */
    search(query: TermCounts, limit: number): Match[];
  }
  /** The headings of a Markdown text, in order. */
  export function outlineOf(markdown: string): Heading[];
  /** The first paragraph of running text; "" if there is none. */
  export function firstParagraph(markdown: string): string;
}

/** For `setup()`: work that has been done before is several times faster. */
declare module 'millrace:warm-up' {
  /** Real source files to practise on. */
  export const samples: readonly { path: string; text: string }[];
  /** Does the work again and again, 10 times unless told, with pauses in which the browser compiles it. */
  export function practise(work: () => void, rounds?: number): Promise<void>;
}

/** Digests. */
declare module 'millrace:hash' {
  /** SHA-256 of a text (as UTF-8) or of bytes, as 64 hex digits. */
  export function sha256(data: string | Uint8Array): Promise<string>;
  /** The same without the browser's help, and at once. */
  export function sha256Bytes(bytes: Uint8Array): Uint8Array;
}
