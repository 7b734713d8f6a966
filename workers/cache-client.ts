import { transfer, wrap, type Remote } from 'comlink';
import type { CacheApi } from './cache.ts';
import CacheWorker from './cache.ts?worker';

/** The cache worker as the page uses it; started on first use. */
export class CacheClient {
  #remote: Remote<CacheApi> | null = null;

  get #worker(): Remote<CacheApi> {
    return (this.#remote ??= wrap<CacheApi>(new CacheWorker({ name: 'cache' })));
  }

  /** `why`: null, or why there is no storage. */
  async usage(namespace: string): Promise<{ entries: number; bytes: number; why: string | null }> {
    try {
      return { ...(await this.#worker.usage(namespace)), why: null };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { entries: 0, bytes: 0, why: `Results are not kept for the next run: ${reason}.` };
    }
  }

  async clear(namespace: string): Promise<void> {
    await this.#worker.clear(namespace);
  }

  /** A port for the sandbox, bound to this namespace by the trusted side. */
  async open(namespace: string, maxBytes: number): Promise<MessagePort> {
    const { port1, port2 } = new MessageChannel();
    await this.#worker.serve(transfer(port1, [port1]), { namespace, maxBytes });
    return port2;
  }
}
