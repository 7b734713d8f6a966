/**
 * What goes over the port between a run's coordinator and the cache worker: plain data, both ways.
 * The port is bound to one namespace by the trusted side, so no message can name one.
 */

export interface CacheGet {
  type: 'get';
  /** Chosen by the asker; the answer carries it. */
  id: number;
  keys: string[];
}

export interface CacheEntry {
  key: string;
  value: unknown;
  /** Size as the asker estimates it. */
  bytes: number;
  /** null: never expires. */
  ttlMs: number | null;
}

export interface CachePut {
  type: 'put';
  entries: CacheEntry[];
}

export type CacheRequest = CacheGet | CachePut;

export interface CacheFound {
  value: unknown;
  bytes: number;
}

export type CacheReply =
  | { type: 'got'; id: number; found: (CacheFound | null)[] }
  /** Something the user should know, said once: results are not kept, and why. */
  | { type: 'notice'; message: string };

const keysMax = 10_000;
const keyPattern = /^[0-9a-f]{1,128}$/;

const isKey = (value: unknown): value is string =>
  typeof value === 'string' && keyPattern.test(value);
const isSize = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** Checks a message that came from inside the sandbox; null: it is not one of ours. */
export function readCacheRequest(data: unknown): CacheRequest | null {
  if (typeof data !== 'object' || data === null) return null;
  const message = data as Partial<CacheGet> & Partial<CachePut> & { type?: unknown };
  if (message.type === 'get') {
    const { id, keys } = message;
    if (!Number.isSafeInteger(id) || !Array.isArray(keys) || keys.length > keysMax) return null;
    return keys.every(isKey) ? { type: 'get', id: id!, keys: [...keys] } : null;
  }
  if ((message.type as unknown) !== 'put' || !Array.isArray(message.entries)) return null;
  if (message.entries.length > keysMax) return null;
  const entries: CacheEntry[] = [];
  for (const entry of message.entries as (Partial<CacheEntry> | null)[]) {
    if (typeof entry !== 'object' || entry === null) return null;
    const { key, value, bytes, ttlMs } = entry;
    if (!isKey(key) || !isSize(bytes) || !(ttlMs === null || isSize(ttlMs))) return null;
    entries.push({ key, value, bytes, ttlMs });
  }
  return { type: 'put', entries };
}
