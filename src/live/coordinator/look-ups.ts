import {
  keysPerMessageMax,
  type CacheEntry,
  type FromCache,
  type ToCache,
} from '../../base/cache-port.ts';
import type { LookUp } from '../../engine/scheduler.ts';
import type { CacheKeys } from './cache-keys.ts';
import { canLeave } from './can-leave.ts';
import { outputKey } from './output-shelf.ts';
import { isStoredResult, type StoredResult } from './stored-result.ts';

/** Results sent on together at the latest. */
const putsAtOnce = 256;
/** Names the question that is answered when everything is stored. */
const lastRequest = 0xffff_ffff;
/** How long a run's end waits for the store. ms. */
const storePatienceMs = 3000;
/** A cache that is asked and says nothing for so long is gone: workers may die without a word. ms. */
const answerPatienceMs = 10_000;

interface Asked {
  stage: number;
  item: number;
  key: string;
}

export interface Answer {
  stage: number;
  item: number;
  /** null: a miss. */
  found: StoredResult | null;
  /** Names the key; -1: it has none. */
  id: number;
}

export interface LookUpEvents {
  /** Answers of one message. */
  answered(answers: Answer[]): void;
  refused(why: string): void;
}

/** Asks the cache, many keys a message, and hands it what was computed. */
export class LookUps {
  readonly #port: MessagePort;
  readonly #keys: Pick<CacheKeys, 'keyOf' | 'idOf' | 'stageId'>;
  readonly #events: LookUpEvents;
  #asking: Asked[] = [];
  /** Could not be named: answered as misses. */
  #unnamed: { stage: number; item: number }[] = [];
  #puts: CacheEntry[] = [];
  readonly #requests = new Map<number, Asked[]>();
  #nextRequest = 0;
  #isRefused = false;
  /** Nothing more is stored; unless it is refused too, what is there may still be asked for. */
  #isFull = false;
  #allStored = () => {};
  /** (stage, item) → key of what was missed, until it has been computed. */
  readonly #missed = new Map<number, string>();
  /** Key → how often it is asked for just now, and what was computed for it after it was asked for. */
  readonly #open = new Map<string, { asks: number; computed: StoredResult | null }>();

  readonly #patienceMs: number;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(
    port: MessagePort,
    keys: Pick<CacheKeys, 'keyOf' | 'idOf' | 'stageId'>,
    events: LookUpEvents,
    patienceMs = answerPatienceMs,
  ) {
    this.#port = port;
    this.#keys = keys;
    this.#events = events;
    this.#patienceMs = patienceMs;
    port.onmessage = (event: MessageEvent<FromCache>) => this.#hear(event.data);
  }

  /** @param who what tells the item from all others, in this run and the next. */
  ask(stage: number, item: number, input: unknown, who: readonly number[]): void {
    const key = this.#isRefused ? null : this.#keys.keyOf(stage, input, who);
    if (key === null) {
      this.#unnamed.push({ stage, item });
      return;
    }
    this.#asking.push({ stage, item, key });
    const open = this.#open.get(key);
    if (open) open.asks++;
    else this.#open.set(key, { asks: 1, computed: null });
  }

  /** A result was computed: kept if it was asked for before, and can go to the cache. */
  keep(stage: number, item: number, result: StoredResult, ttlMs: number | null): void {
    const name = outputKey(stage, item);
    const key = this.#missed.get(name);
    if (key === undefined) return;
    this.#missed.delete(name);
    // Whoever asked before it is put would be told that it is not there, and compute it again.
    const open = this.#open.get(key);
    if (open) open.computed = result;
    if (this.#isFull || !canLeave(result.values)) return;
    this.#puts.push({ key, stage: this.#keys.stageId(stage), value: result, ttlMs });
  }

  /** Sends what is asked, after what was computed before. Call after every turn. */
  flush(): void {
    if (this.#asking.length > 0 || this.#puts.length >= putsAtOnce) this.flushPuts();
    while (this.#asking.length > 0) {
      const asked = this.#asking.splice(0, keysPerMessageMax);
      const request = this.#nextRequest++;
      this.#requests.set(request, asked);
      this.#patience ??= setTimeout(() => this.#loseIt(), this.#patienceMs);
      this.#send({ type: 'get', request, keys: asked.map((one) => one.key) });
    }
    if (this.#unnamed.length > 0) {
      const misses = this.#unnamed.map((one) => ({ ...one, found: null, id: -1 }));
      this.#unnamed = [];
      queueMicrotask(() => this.#events.answered(misses));
    }
  }

  /** Sends what was computed. Call now and then: many a message cost the store less than one by one. */
  flushPuts(): void {
    while (this.#puts.length > 0) {
      this.#send({ type: 'put', entries: this.#puts.splice(0, keysPerMessageMax) });
    }
  }

  /** Resolves when all that was computed is stored, or storage has had its time. */
  async stored(): Promise<void> {
    this.flushPuts();
    if (this.#isRefused) return;
    const all = new Promise<void>((resolve) => (this.#allStored = resolve));
    this.#send({ type: 'get', request: lastRequest, keys: [] });
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, storePatienceMs))]);
    this.#port.onmessage = null;
  }

  /** The run stops: everything that was asked is a miss. */
  giveUp(): Answer[] {
    this.#stopWaiting();
    const open = [...this.#requests.values(), this.#asking].flat();
    this.#requests.clear();
    this.#asking = [];
    this.#open.clear();
    open.push(...this.#unnamed.map((one) => ({ ...one, key: '' })));
    this.#unnamed = [];
    return open.map(({ stage, item }) => ({ stage, item, found: null, id: -1 }));
  }

  #send(message: ToCache): void {
    try {
      this.#port.postMessage(message);
    } catch {
      // A value that cannot be cloned never gets here: it came in a message.
      if (message.type === 'get') this.#answer(message.request, []);
    }
  }

  #hear(message: FromCache): void {
    if (message.type === 'got' && message.request === lastRequest) this.#allStored();
    else if (message.type === 'got') this.#answer(message.request, message.values);
    else this.#refused(message.why, message.reads);
    this.#stopWaiting();
    if (this.#requests.size > 0) {
      this.#patience = setTimeout(() => this.#loseIt(), this.#patienceMs);
    }
  }

  #stopWaiting(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  #loseIt(): void {
    const seconds = Math.round(this.#patienceMs / 1000);
    this.#refused(
      `The cache has not answered for ${seconds} s: the run goes on without it.`,
      false,
    );
  }

  /** Told once; `reads`: only nothing more is stored. */
  #refused(why: string, reads: boolean): void {
    if (!this.#isRefused && !this.#isFull) this.#events.refused(why);
    this.#isFull = true;
    this.#puts = [];
    if (reads || this.#isRefused) return;
    this.#isRefused = true;
    this.#allStored();
    for (const request of [...this.#requests.keys()]) this.#answer(request, []);
  }

  #answer(request: number, values: readonly unknown[]): void {
    const asked = this.#requests.get(request);
    if (!asked) return;
    this.#requests.delete(request);
    this.#events.answered(
      asked.map(({ stage, item, key }, i) => {
        const value = values[i];
        const computed = this.#computedSince(key);
        const found = isStoredResult(value) ? value : computed;
        if (!found) this.#missed.set(outputKey(stage, item), key);
        return { stage, item, found, id: this.#keys.idOf(key) };
      }),
    );
  }

  /** One who asked is answered. */
  #computedSince(key: string): StoredResult | null {
    const open = this.#open.get(key);
    if (!open) return null;
    if (--open.asks === 0) this.#open.delete(key);
    return open.computed;
  }
}

/** What the scheduler is told. */
export const lookUpOf = (found: StoredResult | null, id: number, bytes: number): LookUp =>
  found
    ? { hit: true, key: id, output: found.code, bytes }
    : { hit: false, key: id, output: 0, bytes: 0 };
