import { transfer } from 'comlink';
import type {
  AccessTrace,
  CacheNamespace,
  CacheOrder,
  CacheRow,
  CacheState,
} from '../src/base/cache-facts.ts';
import type { CacheSettings } from '../src/base/cache-port.ts';
import type { CacheApi } from './cache.ts';
import CacheWorker from './cache.ts?worker';
import { Thread } from './thread.ts';

/** The cache worker as the page uses it; started on first use. What storage refuses rejects, but for `state`. */
export class CacheClient {
  readonly #thread = new Thread<CacheApi>(() => new CacheWorker({ name: 'cache' }), 'The cache');

  state(namespace: string): Promise<CacheState> {
    return this.#thread.call((remote) => remote.state(namespace));
  }
  rows(
    namespace: string,
    from: number,
    count: number,
    order: CacheOrder,
  ): Promise<{ rows: CacheRow[]; total: number }> {
    return this.#thread.call((remote) => remote.rows(namespace, from, count, order));
  }
  remove(namespace: string, keys: readonly string[]): Promise<void> {
    return this.#thread.call((remote) => remote.remove(namespace, [...keys]));
  }
  async clear(namespace: string): Promise<void> {
    await this.#thread.call((remote) => remote.clear(namespace));
    (await counterNotes()).clear(namespace);
  }
  accesses(namespace: string): Promise<AccessTrace> {
    return this.#thread.call((remote) => remote.accesses(namespace));
  }
  namespaces(): Promise<CacheNamespace[]> {
    return this.#thread.call((remote) => remote.namespaces());
  }
  async clearAll(): Promise<void> {
    await this.#thread.call((remote) => remote.clearAll());
    (await counterNotes()).clear();
  }

  /** A port for the sandbox, bound to this namespace by the trusted side. */
  async open(namespace: string, settings: CacheSettings): Promise<MessagePort> {
    const { port1, port2 } = new MessageChannel();
    const binding = { namespace, settings };
    await this.#thread.call((remote) => remote.serve(transfer(port1, [port1]), binding));
    return port2;
  }
  /** The same to its counters, which first get what pages that were left have noted of them. */
  async openCounters(namespace: string): Promise<MessagePort> {
    const notes = await counterNotes();
    await notes.settle(namespace, (noted) =>
      this.#thread.call((remote) => remote.adopt(namespace, noted)),
    );
    const { port1, port2 } = new MessageChannel();
    await this.#thread.call((remote) => remote.count(transfer(port1, [port1]), namespace));
    return port2;
  }
}

/** Looking at a document needs none of it. */
const counterNotes = async () =>
  new (await import('../src/cache/store/counter-notes.ts')).CounterNotes();
