import { byteSize } from '../../base/digest.ts';
import { serviceItem } from '../../engine/service-source.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import { remade } from './payloads.ts';

/** Items of the source that are at hand, and a way to ask for more. */
export interface SourceFeed {
  /** How many can be taken now. */
  readonly atHand: number;
  /** Nothing is left, and nothing more will come. */
  readonly isEmpty: boolean;
  /** Whatever is left is at hand: none has to be read or made first. */
  readonly isWhole: boolean;
  /** Bytes of an item, if items are made whenever they are read: `take` gives `remade` then. */
  readonly remadeBytes: number | null;
  take(): unknown;
  /** The item of a number, where items are made when they are read. */
  make(index: number): unknown;
  /** Have so many at hand, soon; more come with `give`. */
  ask(count: number): void;
  give(items: unknown[], done: boolean): void;
}

/** Items that need no reading: all are at hand from the start. */
export class ReadyFeed implements SourceFeed {
  readonly isWhole = true;
  readonly remadeBytes: number | null;
  #next = 0;
  readonly #count: number;
  readonly #make: (index: number) => unknown;

  /** @param remadeBytes what each item takes, if it is to be made only when it is read. */
  constructor(count: number, make: (index: number) => unknown, remadeBytes: number | null = null) {
    this.#count = count;
    this.#make = make;
    this.remadeBytes = remadeBytes;
  }
  get atHand(): number {
    return this.#count - this.#next;
  }
  get isEmpty(): boolean {
    return this.atHand === 0;
  }
  take(): unknown {
    const index = this.#next++;
    return this.remadeBytes === null ? this.#make(index) : remade;
  }
  make(index: number): unknown {
    return this.#make(index);
  }
  ask(): void {}
  give(): void {}
}

/** Items that somebody else reads or makes (the page, the source's code): asked for in good time. */
export class StreamFeed implements SourceFeed {
  readonly isWhole = false;
  readonly remadeBytes = null;
  #items: unknown[] = [];
  #at = 0;
  #asked = 0;
  #isDone = false;
  readonly #request: (count: number) => void;

  constructor(request: (count: number) => void) {
    this.#request = request;
  }
  get atHand(): number {
    return this.#items.length - this.#at;
  }
  get isEmpty(): boolean {
    return this.#isDone && this.atHand === 0;
  }
  take(): unknown {
    const item = this.#items[this.#at];
    // Let go of at once: items can be large.
    this.#items[this.#at++] = undefined;
    if (this.#at === this.#items.length) {
      this.#items = [];
      this.#at = 0;
    }
    return item;
  }
  ask(count: number): void {
    const missing = count - this.atHand - this.#asked;
    if (missing <= 0 || this.#isDone) return;
    this.#asked += missing;
    this.#request(missing);
  }
  give(items: unknown[], done: boolean): void {
    this.#asked = Math.max(0, this.#asked - items.length);
    for (const item of items) this.#items.push(item);
    if (done) this.#isDone = true;
  }
  make(): never {
    throw new Error('What was read once cannot be made again.');
  }
}

/** The feed of a source whose items the document itself holds; null: they come from elsewhere. */
export function readyFeed(pipeline: Pipeline): ReadyFeed | null {
  const { source, seed } = pipeline;
  if (source.kind === 'count') {
    return new ReadyFeed(source.count, (index) => ({ index }), byteSize({ index: 0 }));
  }
  if (source.kind === 'values') {
    return new ReadyFeed(source.values.length, (index) => source.values[index]);
  }
  if (source.kind === 'service') {
    const { service } = source;
    return new ReadyFeed(service.items, (index) => serviceItem(service, seed, index));
  }
  return null;
}
