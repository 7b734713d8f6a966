import { keyHash, mixed } from '../../src/cache/policy/key-hash.ts';

/** Four rows of plain numbers up to 15; ten additions an entry, then all are halved. */
export class SlowSketch {
  #capacity = 64;
  #rows: number[][] = [];
  #additions = 0;

  constructor() {
    this.#rows = [0, 1, 2, 3].map(() => new Array<number>(4 * 64).fill(0));
  }

  ensure(entries: number): void {
    while (this.#capacity < entries) {
      this.#capacity *= 2;
      this.#rows = this.#rows.map((row) => [...row, ...row]);
    }
  }

  #counters(key: string | number): [number[], number][] {
    const hash = keyHash(key);
    return this.#rows.map((row, i) => {
      const sum = BigInt(hash) + BigInt(i) * BigInt(mixed(hash) | 1);
      return [row, Number(BigInt.asUintN(32, sum) % BigInt(row.length))];
    });
  }

  add(key: string | number): void {
    const open = this.#counters(key).filter(([row, at]) => row[at]! < 15);
    for (const [row, at] of open) row[at]!++;
    if (open.length > 0 && ++this.#additions >= 10 * this.#capacity) {
      this.#rows = this.#rows.map((row) => row.map((count) => Math.floor(count / 2)));
      this.#additions = Math.floor(this.#additions / 2);
    }
  }

  estimate(key: string | number): number {
    return Math.min(...this.#counters(key).map(([row, at]) => row[at]!));
  }
}
