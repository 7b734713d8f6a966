import { canonicalBytes, OrderFreeDigest } from '../../base/digest.ts';
import type { DeliveredResult } from '../../engine/runner.ts';
import { itemLabel } from '../../trace/item-label.ts';
import type { Trace } from '../../trace/types.ts';
import { limits, type FromFrame } from '../border.ts';
import { cannotLeave, costOf, tooLarge } from './can-leave.ts';

/** Results kept before their digest is taken; beyond it each is digested as it comes. Bytes. */
const waitingBytesMax = 128 * 1024 * 1024;

/** Of one message; a larger result goes alone. */
const perMessage = 500;
const messageBytes = 2 * 1024 * 1024;
const messageCost = 20_000;

/** Results that go to the page together. */
interface Message {
  results: DeliveredResult[];
  bytes: number;
  cost: number;
}

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
  values: new Array<unknown>(pageRows),
  bytes: new Float64Array(pageRows),
});

/**
 * The delivered outputs. They are named, and their digest is taken, after the clock has stopped, so that it
 * costs the run nothing; only when they grow very large it is taken as they come.
 */
export class Results {
  /** Message by message. */
  readonly #kept: Message[] = [];
  #keptCount = 0;
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
        this.#keptCount < this.#keepMax && this.#keptBytes + bytes <= limits.resultBytes;
      if (keeps) {
        this.#keep(item, stage, value, bytes);
      } else this.#omitted++;
      this.#digest.add(canonicalBytes([item, stage, value]));
    }
  }

  #keep(item: string, stage: string, value: unknown, bytes: number): void {
    const cost = costOf(value);
    let one = { item, stage, value };
    if (cost < 0) one = { item, stage, value: cannotLeave };
    else if (cost > limits.oneResultCost || bytes > limits.oneResultBytes) {
      one = { item, stage, value: tooLarge };
    }
    const isWhole = one.value === value;
    let last = this.#kept.at(-1);
    const isFull =
      !last ||
      last.results.length === perMessage ||
      (isWhole && (last.bytes + bytes > messageBytes || last.cost + cost > messageCost));
    if (isFull) this.#kept.push((last = { results: [], bytes: 0, cost: 0 }));
    last!.results.push(one);
    this.#keptCount++;
    if (!isWhole) return;
    last!.bytes += bytes;
    last!.cost += cost;
    this.#keptBytes += bytes;
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
    for (const { results } of this.#kept) post({ type: 'results', results });
    return {
      resultsDigest: this.#digest.hex,
      resultsOmitted: this.#keepMax === 0 ? 0 : this.#omitted,
    };
  }
}

type NamedTrace = Pick<Trace, 'items' | 'meta'>;
