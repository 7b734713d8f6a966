import { readToCache, type FromCache } from '../../base/cache-port.ts';
import type { ResultStore } from './result-store.ts';

export interface PortBinding {
  namespace: string;
  /** Bytes this namespace may keep. */
  maxBytes: number;
}

/**
 * Answers a sandbox's questions from one namespace. Whatever goes wrong with storage, every question
 * gets an answer ("not there"), and the run is told once why nothing is kept. A question for no keys is
 * answered when all that was put before it has been stored.
 */
export function serveCachePort(port: MessagePort, store: ResultStore, binding: PortBinding): void {
  let told = false;
  /** What was put and has not reached the store. */
  const storing = new Set<Promise<void>>();
  const reply = (message: FromCache): void => port.postMessage(message);
  const tell = (error: unknown): void => {
    if (told) return;
    told = true;
    const why = error instanceof Error ? error.message : String(error);
    reply({ type: 'refused', why: `Results are not kept for the next run: ${why}.` });
  };
  port.onmessage = async ({ data }: MessageEvent<unknown>) => {
    const message = readToCache(data);
    if (!message) return;
    try {
      if (message.type === 'put') {
        const put = store.put(binding.namespace, message.entries, binding.maxBytes);
        storing.add(put);
        await put.finally(() => storing.delete(put));
        return;
      }
      if (message.keys.length === 0) await Promise.allSettled(storing);
      const values = await store.get(binding.namespace, message.keys);
      reply({ type: 'got', request: message.request, values });
    } catch (error) {
      tell(error);
      if (message.type === 'get') {
        reply({ type: 'got', request: message.request, values: message.keys.map(() => null) });
      }
    }
  };
}
