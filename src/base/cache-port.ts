/**
 * What goes over the port between a run's coordinator and the cache worker: plain data, both ways.
 * The port is bound to one namespace by the trusted side, so no message can name one.
 */
export interface CacheEntry {
  key: string;
  /** Id of the stage that computed it. */
  stage: string;
  value: unknown;
  /** null and 0: never expires. */
  ttlMs: number | null;
}

/** How a namespace is kept, as the document that owns it says. */
export interface CacheSettings {
  /** Bytes its entries may take in storage. */
  maxBytes: number;
  policy: 'lru' | 'fifo' | 'lfu' | 'lru-buckets' | 'w-tinylfu';
  /** Large entries are compressed where that makes them smaller. */
  compress: boolean;
}

export type ToCache =
  { type: 'get'; request: number; keys: string[] } | { type: 'put'; entries: CacheEntry[] };

export type FromCache =
  /** One value a key, in their order; null: not there, or expired. */
  | { type: 'got'; request: number; values: unknown[] }
  /** Storage has failed, said once: nothing more is kept. One sentence. `reads`: questions are still answered. */
  | { type: 'refused'; why: string; reads: boolean };

/** Keys are SHA-256 in hex. */
export const isCacheKey = (key: unknown): key is string =>
  typeof key === 'string' && /^[0-9a-f]{64}$/.test(key);
export const keysPerMessageMax = 10_000;

/** Ids of stages look so in every document. */
const isStageId = (id: unknown): id is string =>
  typeof id === 'string' && id.length <= stageLettersMax && /^[a-z][a-z0-9-]*$/.test(id);
const stageLettersMax = 1000;

/** Checks a message that came from inside the sandbox; null: it is not one of ours. */
export function readToCache(data: unknown): ToCache | null {
  if (typeof data !== 'object' || data === null) return null;
  const message = data as { type?: unknown; request?: unknown; keys?: unknown; entries?: unknown };
  if (message.type === 'get') {
    const { request } = message;
    if (!Number.isSafeInteger(request) || !isShortList(message.keys)) return null;
    // Spread first: `every` passes over holes.
    const keys = [...message.keys];
    return keys.every(isCacheKey) ? { type: 'get', request: request as number, keys } : null;
  }
  if (message.type !== 'put' || !isShortList(message.entries)) return null;
  const entries: CacheEntry[] = [];
  // Not `map`, which leaves holes as they are.
  for (const entry of message.entries as (Partial<CacheEntry> | null | undefined)[]) {
    if (typeof entry !== 'object' || entry === null) return null;
    const { key, stage, value, ttlMs } = entry;
    if (!isCacheKey(key) || !isStageId(stage)) return null;
    if (!(ttlMs === null || isDuration(ttlMs))) return null;
    entries.push({ key, stage, value, ttlMs });
  }
  return { type: 'put', entries };
}

const isShortList = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.length <= keysPerMessageMax;
const isDuration = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
