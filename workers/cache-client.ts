import { transfer } from 'comlink';
import type { CacheApi } from './cache.ts';
import CacheWorker from './cache.ts?worker';
import { Thread } from './thread.ts';

/** The cache worker as the page uses it; started on first use. */
export class CacheClient {
  readonly #thread = new Thread<CacheApi>(() => new CacheWorker({ name: 'cache' }), 'The cache');

  /** `why`: null, or why there is no storage. */
  async usage(namespace: string): Promise<{ entries: number; bytes: number; why: string | null }> {
    try {
      const usage = await this.#thread.call((remote) => remote.usage(namespace));
      return { ...usage, why: null };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { entries: 0, bytes: 0, why: `Results are not kept for the next run: ${reason}.` };
    }
  }

  async clear(namespace: string): Promise<void> {
    await this.#thread.call((remote) => remote.clear(namespace));
  }

  /** A port for the sandbox, bound to this namespace by the trusted side. */
  async open(namespace: string, maxBytes: number): Promise<MessagePort> {
    const { port1, port2 } = new MessageChannel();
    const binding = { namespace, maxBytes };
    await this.#thread.call((remote) => remote.serve(transfer(port1, [port1]), binding));
    return port2;
  }
}
