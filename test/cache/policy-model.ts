import { noMetrics } from '../../src/base/cache-facts.ts';
import type { CacheLimits, Found } from '../../src/cache/policy/cache-index.ts';

/** An entry of the slow cache. Places in time are counted, so that nothing is ever of the same moment. */
export interface ModelEntry {
  key: string | number;
  bytes: number;
  storedAt: number;
  usedAt: number;
  expiresAt: number;
  hits: number;
  /** When it was stored, and when stored or read last. */
  storedTurn: number;
  usedTurn: number;
}

/** Who goes for whom, written from the definition. */
export interface ModelPolicy {
  /** Who goes for this arrival, in order; null: it is not let in. `entries` holds all that are there. */
  victims(
    entries: readonly ModelEntry[],
    key: string | number,
    bytes: number,
    limits: Required<CacheLimits>,
  ): ModelEntry[] | null;
  /** Who goes so that they fit another limit. */
  surplus(entries: readonly ModelEntry[], limits: Required<CacheLimits>): ModelEntry[];
  inOrder(entries: readonly ModelEntry[], limits: Required<CacheLimits>): ModelEntry[];
  used?(entry: ModelEntry, limits: Required<CacheLimits>): void;
  added?(entry: ModelEntry): void;
  removed?(entry: ModelEntry): void;
  cleared?(): void;
}

/** What a cache does, as obviously as possible: one array, sorted and summed anew whenever something is asked. */
export class ModelCache {
  entries: ModelEntry[] = [];
  metrics = noMetrics();
  limits: Required<CacheLimits>;
  readonly #policy: ModelPolicy;
  #turn = 0;

  constructor(limits: Required<CacheLimits>, policy: ModelPolicy) {
    this.limits = limits;
    this.#policy = policy;
  }

  get bytes(): number {
    return sumOf(this.entries);
  }

  find(key: string | number): ModelEntry | undefined {
    return this.entries.find((entry) => entry.key === key);
  }

  get(key: string | number, nowMs: number): Found {
    const entry = this.find(key);
    if (entry && this.#isOver(entry, nowMs)) {
      this.#drop(entry);
      this.metrics.expirations++;
    }
    if (!entry || !this.entries.includes(entry)) {
      this.metrics.misses++;
      return 'miss';
    }
    this.metrics.hits++;
    this.metrics.bytesSaved += entry.bytes;
    entry.hits++;
    entry.usedAt = nowMs;
    entry.usedTurn = ++this.#turn;
    this.#policy.used?.(entry, this.limits);
    return entry.expiresAt <= nowMs ? 'stale' : 'hit';
  }

  set(
    key: string | number,
    bytes: number,
    nowMs: number,
    ttlMs: number | null,
  ): { kept: boolean; over: (string | number)[]; gone: (string | number)[] } {
    const old = this.find(key);
    if (old) this.#drop(old);
    const over = this.sweep(nowMs);
    const { maxBytes, maxEntries } = this.limits;
    const victims =
      bytes > maxBytes || maxEntries === 0
        ? null
        : this.#policy.victims(this.entries, key, bytes, this.limits);
    const gone = (victims ?? []).map((entry) => entry.key);
    for (const victim of victims ?? []) this.#drop(victim);
    this.metrics.evictions += gone.length;
    if (victims === null) {
      if (old) {
        gone.push(key);
        this.metrics.evictions++;
      }
      return { kept: false, over, gone };
    }
    const entry = {
      ...{ key, bytes, storedAt: nowMs, usedAt: nowMs, hits: 0 },
      expiresAt: ttlMs ? nowMs + ttlMs : Infinity,
      ...{ storedTurn: ++this.#turn, usedTurn: this.#turn },
    };
    this.entries.push(entry);
    this.#policy.added?.(entry);
    this.metrics.sets++;
    return { kept: true, over, gone };
  }

  delete(key: string | number): boolean {
    const entry = this.find(key);
    if (!entry) return false;
    this.#drop(entry);
    this.metrics.deletes++;
    return true;
  }

  sweep(nowMs: number): (string | number)[] {
    const over = this.entries.filter((entry) => this.#isOver(entry, nowMs));
    for (const entry of over) this.#drop(entry);
    this.metrics.expirations += over.length;
    return over.map((entry) => entry.key);
  }

  resize(maxBytes: number): (string | number)[] {
    this.limits = { ...this.limits, maxBytes };
    const gone = this.#policy.surplus(this.entries, this.limits);
    for (const entry of gone) this.#drop(entry);
    this.metrics.evictions += gone.length;
    return gone.map((entry) => entry.key);
  }

  clear(): void {
    this.entries = [];
    this.metrics = noMetrics();
    this.#policy.cleared?.();
  }

  inOrder(): ModelEntry[] {
    return this.#policy.inOrder(this.entries, this.limits);
  }

  #isOver(entry: ModelEntry, nowMs: number): boolean {
    return entry.expiresAt <= nowMs && entry.expiresAt + this.limits.staleMs <= nowMs;
  }

  #drop(entry: ModelEntry): void {
    this.entries = this.entries.filter((other) => other !== entry);
    this.#policy.removed?.(entry);
  }
}

export const sumOf = (entries: readonly ModelEntry[]): number =>
  entries.reduce((sum, { bytes }) => sum + bytes, 0);
