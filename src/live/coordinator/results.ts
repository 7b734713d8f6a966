import { byteSize, canonicalBytes, OrderFreeDigest } from '../../base/digest.ts';
import type { DeliveredResult } from '../../engine/runner.ts';
import { limits, type FromFrame } from '../border.ts';

/** Results kept before their digest is taken; beyond it each is digested as it comes. Bytes. */
const waitingBytesMax = 128 * 1024 * 1024;

const perMessage = 500;

/**
 * The delivered outputs. Their digest is taken after the clock has stopped, so that it costs the run
 * nothing; only when they grow very large it is taken as they come.
 */
export class Results {
  readonly #kept: DeliveredResult[] = [];
  #keptBytes = 0;
  #omitted = 0;
  readonly #keepMax: number;
  #waiting: DeliveredResult[] = [];
  #waitingBytes = 0;
  readonly #digest = new OrderFreeDigest();

  constructor(keep: boolean) {
    this.#keepMax = keep ? limits.results : 0;
  }

  add(result: DeliveredResult): void {
    const bytes = byteSize(result.value);
    const keeps =
      this.#kept.length < this.#keepMax && this.#keptBytes + bytes <= limits.resultBytes;
    if (keeps) {
      this.#kept.push(result);
      this.#keptBytes += bytes;
    } else this.#omitted++;
    this.#waiting.push(result);
    this.#waitingBytes += bytes;
    if (this.#waitingBytes > waitingBytesMax) this.#digestWaiting();
  }

  #digestWaiting(): void {
    for (const { item, stage, value } of this.#waiting) {
      this.#digest.add(canonicalBytes([item, stage, value]));
    }
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  /** Sends what is kept. Returns the digest of all, hex, and how many were not kept. */
  finish(post: (message: FromFrame) => void): { resultsDigest: string; resultsOmitted: number } {
    for (let from = 0; from < this.#kept.length; from += perMessage) {
      post({ type: 'results', results: this.#kept.slice(from, from + perMessage) });
    }
    this.#digestWaiting();
    return {
      resultsDigest: this.#digest.hex,
      resultsOmitted: this.#keepMax === 0 ? 0 : this.#omitted,
    };
  }
}
