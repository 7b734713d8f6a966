import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { drawUnit, hashString, purpose } from '../../../../base/draws.ts';
import type { Flow } from './flow.ts';
import { compareItems, copyOf, endWay, leave, resultItem, type Item } from './items.ts';
import type { StageSettings } from './settings.ts';
import { WorkerLost, type Entry, type Task } from './task.ts';

/** An item at a stage. */
interface Waiting {
  item: Item;
  input: unknown;
  attempt: number;
  sinceMs: number;
  /** A thread was lost under it: the first time, that is no failure. */
  isLost: boolean;
}

/** One stage: what waits for it, and the permits its tasks need. */
export class StageQueue {
  readonly settings: StageSettings;
  children: StageQueue[] = [];
  readonly #flow: Flow;
  readonly #permits: PQueue;
  readonly #waiting: Waiting[] = [];
  /** Of those who wait for room. */
  readonly #blocked: (() => void)[] = [];
  /** Item → its halves so far, by parent. */
  readonly #pairs = new Map<string, { halves: Map<string, unknown>; forget: () => void }>();
  /** Of an `all`: everything that came. */
  #taken: { item: Item; value: unknown }[] = [];
  /** Items that have come and not gone. */
  #inside = 0;
  #openParents: number;
  #state: 'open' | 'finishing' | 'closed' = 'open';
  #mayFlush = false;
  /** Of a fold: the thread with what it has come to is gone. */
  #isSumLost = false;
  #linger: NodeJS.Timeout | undefined;

  constructor(settings: StageSettings, flow: Flow) {
    this.settings = settings;
    this.#flow = flow;
    this.#openParents = Math.max(1, settings.after.length);
    const permits = settings.join === 'fold' ? 1 : (settings.permits ?? flow.executor.slots);
    this.#permits = new PQueue({ concurrency: permits });
    this.#permits.on('next', () => this.#letIn());
  }

  get id(): string {
    return this.settings.id;
  }

  // ── coming in ─────────────────────────────────────────────────────────────────────────────

  /** An output comes. Resolves when there is room for it. */
  async offer(from: StageQueue | null, given: Item, value: unknown): Promise<void> {
    const { join, after } = this.settings;
    if (after.length > 1 && join === 'zip') return this.#offerHalf(from!.id, given, value);
    const item = after.length > 1 ? copyOf(given, from!.settings.index, from!.id) : given;
    if (join !== 'all') return this.#enter(item, value);
    this.#taken.push({ item, value });
    endWay(item, 'delivered');
  }

  async #offerHalf(parent: string, item: Item, value: unknown): Promise<void> {
    const { after } = this.settings;
    let pair = this.#pairs.get(item.label);
    if (!pair) {
      pair = { halves: new Map(), forget: () => this.#pairs.delete(item.label) };
      this.#pairs.set(item.label, pair);
      item.root.halves.add(pair.forget);
    }
    const { halves, forget } = pair;
    halves.set(parent, value);
    if (halves.size < after.length) return leave(item.root);
    forget();
    item.root.halves.delete(forget);
    return this.#enter(item, Object.fromEntries(after.map((id) => [id, halves.get(id)])));
  }

  async #enter(item: Item, input: unknown): Promise<void> {
    const { whenFull } = this.settings.buffer;
    this.#inside++;
    while (whenFull === 'throttle' && !this.#hasRoom && !this.#flow.isStopped) {
      await new Promise<void>((go) => this.#blocked.push(go));
    }
    if (!this.#hasRoom && whenFull === 'drop-newest') return this.#gone(item, 'dropped');
    if (!this.#hasRoom && whenFull === 'drop-oldest') {
      const oldest = this.#waiting.findIndex(({ attempt, isLost }) => attempt === 1 && !isLost);
      if (oldest < 0) return this.#gone(item, 'dropped');
      this.#gone(this.#waiting.splice(oldest, 1)[0]!.item, 'dropped');
    }
    this.#wait({ item, input, attempt: 1, sinceMs: performance.now(), isLost: false });
  }

  /** Without a buffer an item comes in only where it starts at once. */
  get #hasRoom(): boolean {
    const { capacity } = this.settings.buffer;
    if (capacity === null) return true;
    if (capacity > 0) return this.#waiting.length < capacity;
    return this.#waiting.length + this.#permits.pending < this.#permits.concurrency;
  }

  /** There may be room: those who wait look again, in their order. */
  #letIn(): void {
    for (const go of this.#blocked.splice(0)) go();
  }

  #wait(one: Waiting): void {
    this.#waiting.push(one);
    this.#poke();
  }

  #gone(item: Item, fate: 'dropped' | 'delivered'): void {
    this.#inside--;
    endWay(item, fate);
    this.#closeIfDone();
  }

  // ── starting ──────────────────────────────────────────────────────────────────────────────

  /** Something may be able to start, once there is a permit. */
  #poke(): void {
    void this.#permits.add(() => this.#serve());
  }

  async #serve(): Promise<void> {
    const batch = this.#take();
    if (batch.length === 0) return;
    this.#letIn();
    if (this.#flow.isStopped) {
      for (const { item } of batch) this.#gone(item, 'dropped');
      return;
    }
    const { join, batch: batches } = this.settings;
    const kind = join === 'fold' ? 'fold-step' : batches.size > 1 ? 'batch' : 'item';
    const inputs = batch.map(({ input }) => input);
    await this.#run(batch, kind, kind === 'batch' ? inputs : inputs[0]);
    if (this.#waiting.length > 0) this.#poke();
  }

  /** The items of the next task; none while a batch waits for more. */
  #take(): Waiting[] {
    const { size, linger } = this.settings.batch;
    const waiting = this.#waiting;
    if (waiting.length === 0) return [];
    const lingerMs = linger ?? Infinity;
    const leftMs = waiting[0]!.sinceMs + lingerMs - performance.now();
    const mayGo = waiting.length >= size || this.#openParents === 0 || this.#mayFlush;
    if (!mayGo && leftMs > 0) {
      clearTimeout(this.#linger);
      if (lingerMs < Infinity) this.#linger = setTimeout(() => this.#poke(), Math.ceil(leftMs));
      return [];
    }
    this.#mayFlush = false;
    return waiting.splice(0, size);
  }

  /** A batch that waits for more goes now. Returns false if none does. */
  flush(): boolean {
    if (this.#waiting.length === 0 || this.settings.batch.linger !== null) return false;
    this.#mayFlush = true;
    this.#poke();
    return true;
  }

  async #run(batch: Waiting[], kind: Task['kind'], input: unknown): Promise<void> {
    const { uses } = this.settings;
    const [{ item, attempt }] = batch as [Waiting];
    const members = batch.map(({ item: { number, key } }) => ({ number, key }));
    const { number, key } = item;
    const task: Task = { stage: this.id, kind, input, number, key, attempt, members };
    await this.#flow.limits.take(uses);
    let entries: Entry[];
    let isLost = false;
    try {
      const outcome = this.#isSumLost
        ? { error: 'What the fold had come to was lost with its thread.' }
        : await this.#flow.busy(() => this.#flow.executor.run(task));
      entries = 'error' in outcome ? batch.map(() => outcome) : outcome.entries;
    } catch (error) {
      isLost = error instanceof WorkerLost;
      entries = batch.map(() => ({ error: (error as Error).message }));
      if (this.settings.join === 'fold') this.#isSumLost = true;
    } finally {
      this.#flow.limits.give(uses);
    }
    await Promise.all(
      batch.map(async (one, at) => {
        // It may not have been to blame the first time.
        if (isLost && !one.isLost && !this.#isSumLost) void this.#again({ ...one, isLost });
        else await this.#end(one, kind, entries[at]!);
      }),
    );
  }

  // ── ending ────────────────────────────────────────────────────────────────────────────────

  async #end(one: Waiting, kind: Task['kind'], entry: Entry): Promise<void> {
    const { retry } = this.settings;
    if ('error' in entry) {
      if (one.attempt < retry.attempts && kind !== 'fold-finish' && !this.#isSumLost) {
        void this.#flow.busy(() => this.#backOff(one));
        return;
      }
      this.#flow.failed(this, one.item, entry.error);
    } else await this.#flow.putOut(this, one.item, entry);
    this.#inside--;
    this.#closeIfDone();
  }

  async #backOff(one: Waiting): Promise<void> {
    const { backoff, factor, jitter } = this.settings.retry;
    const { seed } = this.#flow.pipeline;
    const { key } = one.item;
    const unit = drawUnit(seed, purpose.jitter, hashString(this.id), key, one.attempt, 0);
    const delayMs = backoff * factor ** (one.attempt - 1) * (1 + jitter * (2 * unit - 1));
    await sleep(delayMs);
    void this.#again({ ...one, attempt: one.attempt + 1 });
  }

  /** Back to the tail of the queue, over its capacity if need be. */
  async #again(one: Waiting): Promise<void> {
    if (this.settings.join === 'all') await this.#runAll(one);
    else this.#wait({ ...one, sinceMs: performance.now() });
  }

  parentClosed(): void {
    this.#openParents--;
    // A partial batch need not wait any longer.
    if (this.#openParents === 0) this.#poke();
    this.#closeIfDone();
  }

  #closeIfDone(): void {
    if (this.#openParents > 0 || this.#inside > 0) return;
    const { join, index } = this.settings;
    if (this.#state === 'open' && (join === 'all' || join === 'fold')) {
      this.#state = 'finishing';
      this.#inside++;
      const item = resultItem(index, this.id);
      const one = { item, input: undefined, attempt: 1, sinceMs: 0, isLost: false };
      if (join === 'all') void this.#runAll(one);
      else void this.#permits.add(() => this.#run([one], 'fold-finish', undefined));
    } else if (this.#state !== 'closed') {
      this.#state = 'closed';
      this.#flow.closed(this);
    }
  }

  /** Over all that survived, in the order of the items. */
  async #runAll(one: Waiting): Promise<void> {
    if (one.attempt === 1 && !one.isLost) {
      this.#taken.sort((a, b) => compareItems(a.item, b.item));
    }
    const values = this.#taken.map(({ value }) => value);
    await this.#permits.add(() => this.#run([one], 'all', values));
  }
}
