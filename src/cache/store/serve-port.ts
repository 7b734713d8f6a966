import { readCacheRequest, type CacheReply } from '../../base/cache-port.ts';
import type { ResultStore } from './result-store.ts';

export interface PortBinding {
  namespace: string;
  /** Bytes this namespace may keep. */
  maxBytes: number;
}

/**
 * Answers a sandbox's questions from one namespace. Whatever goes wrong with storage, every question
 * gets an answer ("not there"), and the run is told once why nothing is kept.
 */
export function serveCachePort(port: MessagePort, store: ResultStore, binding: PortBinding): void {
  let told = false;
  const reply = (message: CacheReply): void => port.postMessage(message);
  const tell = (error: unknown): void => {
    if (told) return;
    told = true;
    const why = error instanceof Error ? error.message : String(error);
    reply({ type: 'notice', message: `Results are not kept for the next run: ${why}.` });
  };
  port.onmessage = async ({ data }: MessageEvent<unknown>) => {
    const request = readCacheRequest(data);
    if (!request) return;
    try {
      if (request.type === 'put') {
        await store.put(binding.namespace, request.entries, binding.maxBytes);
        return;
      }
      const found = await store.get(binding.namespace, request.keys);
      reply({ type: 'got', id: request.id, found });
    } catch (error) {
      tell(error);
      if (request.type === 'get') {
        reply({ type: 'got', id: request.id, found: request.keys.map(() => null) });
      }
    }
  };
}
