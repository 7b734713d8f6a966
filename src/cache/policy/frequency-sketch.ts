import { mixed } from './key-hash.ts';

/** Rows of counters; an estimate is the smallest of a key's counters, one a row. */
const rows = 4;
/** Counters a row for each entry of the cache: 4 rows × 4 counters × 4 bits are 8 bytes an entry. */
const countersAnEntry = 4;
const countersAWord = 8;
/** Additions for each entry after which all counts are halved. */
const sampleAnEntry = 10;
const countMax = 15;
const smallestCapacity = 64;

/**
 * How often keys were asked for of late, roughly and never too little but for ageing: a count-min sketch
 * (Cormode and Muthukrishnan 2005) of 4-bit counters that are all halved after every sample of ten
 * additions an entry, as in TinyLFU (Einziger, Friedman and Manes 2017, ACM Transactions on Storage 13 (4)).
 */
export class FrequencySketch {
  #words = new Int32Array(0);
  /** Counters of a row − 1; a power of two − 1. */
  #mask = 0;
  #capacity = 0;
  #additions = 0;

  constructor() {
    this.clear();
  }

  /** Room for the counts of so many entries. Counts stay as they are. */
  ensure(entries: number): void {
    while (entries > this.#capacity) this.#double();
  }

  add(hash: number): void {
    const step = mixed(hash) | 1;
    let at = hash;
    let grew = false;
    for (let row = 0; row < rows; row++) {
      grew = this.#increment(row, at & this.#mask) || grew;
      at = (at + step) | 0;
    }
    if (grew && ++this.#additions >= sampleAnEntry * this.#capacity) this.#halve();
  }

  /** 0 … 15. */
  estimate(hash: number): number {
    const step = mixed(hash) | 1;
    let at = hash;
    let least = countMax;
    for (let row = 0; row < rows; row++) {
      const counter = at & this.#mask;
      const count = (this.#words[this.#wordOf(row, counter)]! >>> shiftOf(counter)) & countMax;
      if (count < least) least = count;
      at = (at + step) | 0;
    }
    return least;
  }

  clear(): void {
    this.#capacity = smallestCapacity;
    this.#mask = smallestCapacity * countersAnEntry - 1;
    this.#words = new Int32Array((rows * (this.#mask + 1)) / countersAWord);
    this.#additions = 0;
  }

  /** Whether the counter was not full yet. */
  #increment(row: number, counter: number): boolean {
    const word = this.#wordOf(row, counter);
    const shift = shiftOf(counter);
    if (((this.#words[word]! >>> shift) & countMax) === countMax) return false;
    this.#words[word]! += 1 << shift;
    return true;
  }

  #halve(): void {
    const words = this.#words;
    // Shifting a whole word moves the lowest bit of each counter into its neighbour: mask it away.
    for (let i = 0; i < words.length; i++) words[i] = (words[i]! >>> 1) & 0x77777777;
    this.#additions >>>= 1;
  }

  /** A counter's place in a row of twice the width ends in the place it had: both halves start as copies. */
  #double(): void {
    const wordsARow = this.#words.length / rows;
    const words = new Int32Array(this.#words.length * 2);
    for (let row = 0; row < rows; row++) {
      const old = this.#words.subarray(row * wordsARow, (row + 1) * wordsARow);
      words.set(old, row * wordsARow * 2);
      words.set(old, row * wordsARow * 2 + wordsARow);
    }
    this.#words = words;
    this.#mask = this.#mask * 2 + 1;
    this.#capacity *= 2;
  }

  #wordOf(row: number, counter: number): number {
    return (row * (this.#mask + 1) + counter) >>> 3;
  }
}

const shiftOf = (counter: number): number => (counter & (countersAWord - 1)) << 2;
