/** The result cache on a thread of its own: storage never stops the page or a run. */
import { expose } from 'comlink';
import {
  noMetrics,
  type AccessTrace,
  type CacheOrder,
  type CacheState,
} from '../src/base/cache-facts.ts';
import type { NotedCounter } from '../src/base/counter-port.ts';
import { AccessLog } from '../src/cache/store/access-log.ts';
import { CounterStore } from '../src/cache/store/counter-store.ts';
import { refusal } from '../src/cache/store/refusal.ts';
import { ResultStore } from '../src/cache/store/result-store.ts';
import { serveCounters } from '../src/cache/store/serve-counters.ts';
import { serveCachePort, type PortBinding } from '../src/cache/store/serve-port.ts';

const store = new ResultStore('millrace-results', Date.now);
const counters = new CounterStore('millrace-counters');
/** By namespace. */
const logs = new Map<string, AccessLog>();

/** For the page alone: whoever reaches this reaches every namespace. What it can not do, it throws. */
const cache = {
  /**
   * Lets whoever holds the other end of `port` read and write one namespace, and no other.
   * (Comlink calls no method named `bind`: it takes that for the one of functions.)
   */
  serve(port: MessagePort, binding: PortBinding): void {
    const log = logs.get(binding.namespace) ?? new AccessLog();
    logs.set(binding.namespace, log);
    serveCachePort(port, store, binding, (keys) => log.record(keys));
  },
  /** The same for its counters. */
  count(port: MessagePort, namespace: string): void {
    serveCounters(port, counters, namespace);
  },
  /** What pages that were left have noted of its counters. */
  adopt(namespace: string, noted: NotedCounter[]): Promise<void> {
    return counters.adopt(namespace, noted);
  },
  /** Never throws: says why there is no storage. */
  async state(namespace: string): Promise<CacheState> {
    try {
      return { ...(await store.state(namespace)), why: null };
    } catch (error) {
      const nothing = { entries: 0, bytes: 0, maxBytes: Infinity, metrics: noMetrics() };
      return { ...nothing, why: refusal(error) };
    }
  },
  rows: (namespace: string, from: number, count: number, order: CacheOrder) =>
    store.rows(namespace, from, count, order),
  remove: (namespace: string, keys: string[]) => store.remove(namespace, keys),
  /** Forgets what its runs have kept: results and counters. */
  async clear(namespace: string): Promise<void> {
    await Promise.all([store.clear(namespace), counters.clear(namespace)]);
  },
  /** What runs of the document have asked for since the page was opened. */
  async accesses(namespace: string): Promise<AccessTrace> {
    const { rows } = await store.rows(namespace, 0, Infinity, 'age');
    const bytes = new Map(rows.map(({ key, storedBytes }) => [key, storedBytes]));
    return (logs.get(namespace) ?? new AccessLog()).trace(bytes);
  },
  namespaces: () => store.namespaces(),
  async clearAll(): Promise<void> {
    await Promise.all([store.clearAll(), counters.clearAll()]);
  },
};

export type CacheApi = typeof cache;
expose(cache);
