import { canonicalBytes, OrderFreeDigest } from '../../base/digest.ts';
import type { DeliveredResult } from '../../engine/runner.ts';
import { itemLabel } from '../../trace/item-label.ts';
import type { Trace } from '../../trace/types.ts';
import { limits, type FromFrame } from '../border.ts';
import { canLeave, cannotLeave } from './can-leave.ts';

/** Results kept before their digest is taken; beyond it each is digested as it comes. Bytes. */
const waitingBytesMax = 128 * 1024 * 1024;

const perMessage = 500;

/** Results that wait, by the page: growing lists of hundreds of thousands would be copied over and over. */
interface WaitingPage {
  count: number;
  stages: Uint16Array;
  /** Rows. */
  items: Int32Array;
  values: unknown[];
  bytes: Float64Array;
}
const pageRows = 4096;
const makePage = (): WaitingPage => ({
  count: 0,
  stages: new Uint16Array(pageRows),
  items: new Int32Array(pageRows),
  values: [],
  bytes: new Float64Array(pageRows),
});

/**
 * The delivered outputs. They are named, and their digest is taken, after the clock has stopped, so that it
 * costs the run nothing; only when they grow very large it is taken as they come.
 */
export class Results {
  readonly #kept: DeliveredResult[] = [];
  #keptBytes = 0;
  #omitted = 0;
  readonly #keepMax: number;
  #pages: WaitingPage[] = [];
  #waitingBytes = 0;
  readonly #digest = new OrderFreeDigest();

  constructor(keep: boolean) {
    this.#keepMax = keep ? limits.results : 0;
  }

  /** @param bytes of the value. */
  add(stage: number, item: number, value: unknown, bytes: number, trace: NamedTrace): void {
    let page = this.#pages.at(-1);
    if (!page || page.count === pageRows) {
      page = makePage();
      this.#pages.push(page);
    }
    const row = page.count++;
    page.stages[row] = stage;
    page.items[row] = item;
    page.values[row] = value;
    page.bytes[row] = bytes;
    this.#waitingBytes += bytes;
    if (this.#waitingBytes > waitingBytesMax) this.#digestWaiting(trace);
  }

  #digestWaiting(trace: NamedTrace): void {
    for (const page of this.#pages) this.#digestPage(page, trace);
    this.#pages = [];
    this.#waitingBytes = 0;
  }

  #digestPage(page: WaitingPage, trace: NamedTrace): void {
    for (let row = 0; row < page.count; row++) {
      const value = page.values[row];
      const bytes = page.bytes[row]!;
      const stage = trace.meta.stages[page.stages[row]!]!.id;
      const item = itemLabel(trace, page.items[row]!);
      const keeps =
        this.#kept.length < this.#keepMax && this.#keptBytes + bytes <= limits.resultBytes;
      if (keeps) {
        this.#kept.push({ item, stage, value: canLeave(value) ? value : cannotLeave });
        this.#keptBytes += bytes;
      } else this.#omitted++;
      this.#digest.add(canonicalBytes([item, stage, value]));
    }
  }

  /**
   * Sends what is kept. Resolves with the digest of all, hex, and how many were not kept. There may be
   * hundreds of thousands: after each page of them `breathe` lets questions of the page be answered.
   */
  async finish(
    trace: NamedTrace,
    post: (message: FromFrame) => void,
    breathe: () => Promise<void>,
  ): Promise<{ resultsDigest: string; resultsOmitted: number }> {
    for (const page of this.#pages) {
      this.#digestPage(page, trace);
      await breathe();
    }
    this.#pages = [];
    for (let from = 0; from < this.#kept.length; from += perMessage) {
      post({ type: 'results', results: this.#kept.slice(from, from + perMessage) });
    }
    return {
      resultsDigest: this.#digest.hex,
      resultsOmitted: this.#keepMax === 0 ? 0 : this.#omitted,
    };
  }
}

type NamedTrace = Pick<Trace, 'items' | 'meta'>;
