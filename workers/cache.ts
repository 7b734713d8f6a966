/** The result cache on a thread of its own: storage never stops the page or a run. */
import { expose } from 'comlink';
import { ResultStore, type CacheUsage } from '../src/cache/store/result-store.ts';
import { serveCachePort, type PortBinding } from '../src/cache/store/serve-port.ts';

const store = new ResultStore('millrace-results', Date.now);

const cache = {
  /**
   * Lets whoever holds the other end of `port` read and write one namespace, and no other.
   * (Comlink calls no method named `bind`: it takes that for the one of functions.)
   */
  serve(port: MessagePort, binding: PortBinding): void {
    serveCachePort(port, store, binding);
  },
  usage: (namespace: string): Promise<CacheUsage> => store.usage(namespace),
  clear: (namespace: string): Promise<void> => store.clear(namespace),
};

export type CacheApi = typeof cache;
expose(cache);
