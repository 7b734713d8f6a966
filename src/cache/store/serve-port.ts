import { readToCache, type CacheSettings, type FromCache } from '../../base/cache-port.ts';
import { isQuotaError } from './database.ts';
import { refusal } from './refusal.ts';
import type { ResultStore } from './result-store.ts';

/** What the trusted side hands over with a port: which entries it reaches, and how they are kept. */
export interface PortBinding {
  namespace: string;
  settings: CacheSettings;
}

/**
 * Answers a sandbox's questions from one namespace. Whatever goes wrong with storage, every question
 * gets an answer ("not there"), and the run is told once why nothing is kept. A question for no keys is
 * answered when all that was put before it has been stored.
 * @param onAsked hears of the keys that are asked for.
 */
export function serveCachePort(
  port: MessagePort,
  store: ResultStore,
  { namespace, settings }: PortBinding,
  onAsked: (keys: readonly string[]) => void = () => {},
): void {
  /** Nothing more is tried: each try may have to wait for an old tab. */
  let isDead = false;
  let isFull = false;
  const reply = (message: FromCache): void => port.postMessage(message);
  const tell = (error: unknown): void => {
    if (isDead || isFull) return;
    isFull = isQuotaError(error);
    isDead = !isFull;
    reply({ type: 'refused', why: refusal(error), reads: isFull });
  };
  const bound = store.keep(namespace, settings).catch(tell);
  /** What was put and has not reached the store. */
  const storing = new Set<Promise<void>>();
  const answer = async (keys: string[]): Promise<unknown[]> => {
    if (keys.length > 0) return store.get(namespace, keys);
    await Promise.allSettled(storing);
    await store.settle(namespace);
    return [];
  };
  port.onmessage = async ({ data }: MessageEvent<unknown>) => {
    const message = readToCache(data);
    if (!message) return;
    if (message.type === 'get') onAsked(message.keys);
    try {
      await bound;
      if (message.type === 'put') {
        if (isDead || isFull) return;
        const put = store.put(namespace, message.entries);
        storing.add(put);
        await put.finally(() => storing.delete(put));
        return;
      }
      const values = isDead ? nothing(message.keys) : await answer(message.keys);
      reply({ type: 'got', request: message.request, values });
    } catch (error) {
      tell(error);
      if (message.type === 'put') return;
      reply({ type: 'got', request: message.request, values: nothing(message.keys) });
    }
  };
}

const nothing = (keys: readonly string[]): null[] => keys.map(() => null);
