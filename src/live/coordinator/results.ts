import { canonicalBytes } from '../../base/digest.ts';
import type { DeliveredResult } from '../../engine/runner.ts';
import { itemLabel } from '../../trace/item-label.ts';
import type { Trace } from '../../trace/types.ts';
import { limits, type FromFrame } from '../border.ts';
import { cannotLeave, costOf, tooLarge } from './can-leave.ts';
import { largeBytes, ResultDigest } from './result-digest.ts';
import type { ThisBrowser } from './this-browser.ts';

/** Of one message; a larger result goes alone. */
const messageRows = 500;
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
  /** 1: its digest is taken already. */
  isDigested: Uint8Array;
}
const pageRows = 4096;
const makePage = (): WaitingPage => ({
  count: 0,
  stages: new Uint16Array(pageRows),
  items: new Int32Array(pageRows),
  values: new Array<unknown>(pageRows),
  bytes: new Float64Array(pageRows),
  isDigested: new Uint8Array(pageRows),
});

/** So much of what takes this thread time may wait: seconds. Bytes. */
const hereBytesMax = 128 * 1024 * 1024;
/** Messages are heard each time so many have been digested: some 50 ms of this thread. */
const breathBytes = 2 * 1024 * 1024;
/** Beyond so many times what may wait, results are digested one by one as they come, at the run's cost. */
const overflow = 2;

/**
 * The delivered outputs. They are named, and their digest is taken, after the clock has stopped, so that it
 * costs the run nothing. When more wait than may, it is taken page by page while the run goes on; beyond twice that, of
 * each result as it comes.
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
  /** Of them, of results that are written out or hashed here: all but buffers for the hasher. */
  #waitingHereBytes = 0;
  readonly #waitingBytesMax: number;
  /** Buffers of so many bytes cost this thread next to nothing. */
  readonly #quickFromBytes: number;
  /** The clock has stopped. */
  #isOver = false;
  readonly #digest: ResultDigest;
  /** Under way while the run goes on. */
  #digesting: Promise<void> | null = null;
  /** Why there is no digest, a sentence. */
  #problem: string | null = null;

  /** @param waitingBytesMax when more wait, their digest is taken while the run goes on */
  constructor(keep: boolean, { hasher, waitingBytesMax }: ResultsParts) {
    this.#keepMax = keep ? limits.results : 0;
    this.#waitingBytesMax = waitingBytesMax;
    this.#quickFromBytes = hasher === null ? Infinity : largeBytes;
    this.#digest = new ResultDigest(hasher);
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
    page.isDigested[row] = 0;
    this.#count(value, bytes, 1);
    // Neither in this turn, in which the clock stands still and others wait for their tasks.
    if (this.#waitingBytes > overflow * this.#waitingBytesMax) {
      page.isDigested[row] = 1;
      const name = resultName(page, row, trace);
      queueMicrotask(() =>
        this.#digestOne(name, value, (written) => this.#digest.addHere(written)),
      );
    }
    if (this.#isTooMuch) this.#digesting ??= breath().then(() => this.#digestWaiting(trace));
  }

  #count(value: unknown, bytes: number, sign: 1 | -1): void {
    this.#waitingBytes += sign * bytes;
    // In this order: a rehearsal has no hasher, and engines are to learn what buffers are all the same.
    const isQuick = isBuffer(value) && bytes >= this.#quickFromBytes;
    if (!isQuick) this.#waitingHereBytes += sign * bytes;
  }

  get #isTooMuch(): boolean {
    const mostHere = Math.min(hereBytesMax, this.#waitingBytesMax);
    return this.#waitingBytes > this.#waitingBytesMax || this.#waitingHereBytes > mostHere;
  }

  /**
   * All that wait; there may be hundreds of thousands: after each page of them messages are heard. Never rejects: what
   * has no digest is kept all the same.
   */
  async #digestWaiting(trace: NamedTrace): Promise<void> {
    let page: WaitingPage | undefined;
    while ((page = this.#pages.shift())) {
      await this.#takePage(page, trace);
      await breath();
    }
    await this.#settle();
    this.#digesting = null;
  }

  async #takePage(page: WaitingPage, trace: NamedTrace): Promise<void> {
    let sinceBreathBytes = 0;
    for (let row = 0; row < page.count; row++) {
      if (this.#digest.isFull) await this.#settle();
      if (sinceBreathBytes >= breathBytes && this.#mayBreathe) {
        await breath();
        sinceBreathBytes = 0;
      }
      const name = resultName(page, row, trace);
      const value = page.values[row];
      if (page.isDigested[row] === 0) {
        this.#digestOne(name, value, (bytes) => this.#digest.add(bytes));
      }
      const bytes = page.bytes[row]!;
      const keeps =
        this.#keptCount < this.#keepMax && this.#keptBytes + bytes <= limits.resultBytes;
      if (keeps) this.#keep(name.item, name.stage, value, bytes);
      else this.#omitted++;
      page.values[row] = undefined;
      this.#count(value, bytes, -1);
      if (page.isDigested[row] === 0) sinceBreathBytes += bytes;
    }
  }

  /** While the run goes on others come in then: not while there are too many already. */
  get #mayBreathe(): boolean {
    return this.#isOver || this.#waitingBytes <= overflow * this.#waitingBytesMax;
  }

  #digestOne({ item, stage }: ResultName, value: unknown, add: Digests): void {
    try {
      add(canonicalBytes([item, stage, value]));
    } catch (why) {
      this.#noteProblem(`that of ${item} at stage "${stage}": ${(why as Error).message}`);
    }
  }

  async #settle(): Promise<void> {
    try {
      await this.#digest.settle();
    } catch (why) {
      this.#noteProblem((why as Error).message);
    }
  }

  #noteProblem(why: string): void {
    this.#problem ??= `The results have no digest: ${why}.`;
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
      last.results.length === messageRows ||
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
   * Sends what is kept. Resolves with the digest of all, hex, or why there is none, and how many were not kept. Never
   * rejects.
   */
  async finish(
    trace: NamedTrace,
    post: (message: FromFrame) => void,
  ): Promise<{ resultsDigest: string; resultsOmitted: number; problem: string | null }> {
    this.#isOver = true;
    await this.#digesting;
    await this.#digestWaiting(trace);
    for (const { results } of this.#kept) post({ type: 'results', results });
    const digest = this.#digest.take();
    return {
      problem: this.#problem,
      resultsDigest: this.#problem ? '' : digest,
      resultsOmitted: this.#keepMax === 0 ? 0 : this.#omitted,
    };
  }
}

const isBuffer = (value: unknown): boolean =>
  ArrayBuffer.isView(value) || value instanceof ArrayBuffer;

/** A turn of the event loop: messages that wait are heard. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

type ResultsParts = Pick<ThisBrowser, 'hasher' | 'waitingBytesMax'>;
type Digests = (bytes: Uint8Array<ArrayBuffer>) => void;

type ResultName = Pick<DeliveredResult, 'item' | 'stage'>;

function resultName({ stages, items }: WaitingPage, row: number, trace: NamedTrace): ResultName {
  const item = itemLabel(trace, items[row]!);
  return { item, stage: trace.meta.stages[stages[row]!]!.id };
}

type NamedTrace = Pick<Trace, 'items' | 'meta'>;
