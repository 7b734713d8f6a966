import type { AccessTrace } from '../../base/cache-facts.ts';

/** Look-ups kept at most; with their keys some 20 MB. What comes later is left out. */
const accessesMax = 100_000;

/**
 * Which keys the runs of one namespace have asked for, in order, since the page was opened: what the cache
 * lab replays. Keys are kept as small numbers, in the order in which they first came.
 */
export class AccessLog {
  readonly #numbers = new Map<string, number>();
  readonly #asked: number[] = [];
  #isCut = false;
  readonly #most: number;

  constructor(most = accessesMax) {
    this.#most = most;
  }

  record(keys: readonly string[]): void {
    for (const key of keys) {
      if (this.#asked.length >= this.#most) {
        this.#isCut = true;
        return;
      }
      let number = this.#numbers.get(key);
      if (number === undefined) {
        number = this.#numbers.size;
        this.#numbers.set(key, number);
      }
      this.#asked.push(number);
    }
  }

  /** @param bytes of what is still kept; what is gone counts as large as those on average. */
  trace(bytes: ReadonlyMap<string, number>): AccessTrace {
    const known = [...this.#numbers.keys()].flatMap((key) => bytes.get(key) ?? []);
    const mean = known.reduce((sum, size) => sum + size, 0) / known.length;
    const usual = known.length > 0 ? Math.max(1, Math.round(mean)) : 1;
    return {
      keys: Uint32Array.from(this.#asked),
      bytes: Float64Array.from(this.#numbers.keys(), (key) => bytes.get(key) ?? usual),
      isCut: this.#isCut,
    };
  }
}
