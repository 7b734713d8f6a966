import { serviceItem } from '../../engine/service-source.ts';
import type { Pipeline } from '../../pipeline/types.ts';

/** Items of the source that are at hand, and a way to ask for more. */
export interface SourceFeed {
  /** How many can be taken now. */
  readonly atHand: number;
  /** Nothing is left, and nothing more will come. */
  readonly isEmpty: boolean;
  take(): unknown;
  /** Have so many at hand, soon; more come with `give`. */
  ask(count: number): void;
  give(items: unknown[], done: boolean): void;
}

/** Items that need no reading: all are at hand from the start. */
export class ReadyFeed implements SourceFeed {
  #next = 0;
  readonly #count: number;
  readonly #make: (index: number) => unknown;

  constructor(count: number, make: (index: number) => unknown) {
    this.#count = count;
    this.#make = make;
  }
  get atHand(): number {
    return this.#count - this.#next;
  }
  get isEmpty(): boolean {
    return this.atHand === 0;
  }
  take(): unknown {
    return this.#make(this.#next++);
  }
  ask(): void {}
  give(): void {}
}

/** Items that somebody else reads or makes (the page, the source's code): asked for in good time. */
export class StreamFeed implements SourceFeed {
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
}

/** The feed of a source whose items the document itself holds; null: they come from elsewhere. */
export function readyFeed(pipeline: Pipeline): ReadyFeed | null {
  const { source, seed } = pipeline;
  if (source.kind === 'count') return new ReadyFeed(source.count, (index) => ({ index }));
  if (source.kind === 'values') {
    return new ReadyFeed(source.values.length, (index) => source.values[index]);
  }
  if (source.kind === 'service') {
    const { service } = source;
    return new ReadyFeed(service.items, (index) => serviceItem(service, seed, index));
  }
  return null;
}
