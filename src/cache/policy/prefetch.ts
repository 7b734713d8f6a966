import type { Found } from './cache-index.ts';

/** Which further keys to fetch when one is asked for, such as the other files of its directory. */
export interface Prefetch<Key> {
  /** The likeliest first; it is read no further than needed. */
  candidates(asked: Key, found: Found): Iterable<Key>;
  /** What a key belongs to, such as a file's directory. */
  groupOf(key: Key): string | number;
  /** Of one group, for one key that was asked for. */
  perGroupMax: number;
  /** In all, for one key that was asked for. */
  inAllMax: number;
}

/** The keys to fetch ahead for one that was asked for: none that is there, each once, within both bounds. */
export function keysAhead<Key>(
  rule: Prefetch<Key>,
  isThere: (key: Key) => boolean,
  asked: Key,
  found: Found,
): Key[] {
  const keys: Key[] = [];
  if (rule.inAllMax < 1) return keys;
  const seen = new Set<Key>([asked]);
  const taken = new Map<string | number, number>();
  for (const key of rule.candidates(asked, found)) {
    if (seen.has(key) || isThere(key)) continue;
    seen.add(key);
    const group = rule.groupOf(key);
    const ofGroup = taken.get(group) ?? 0;
    if (ofGroup >= rule.perGroupMax) continue;
    taken.set(group, ofGroup + 1);
    if (keys.push(key) >= rule.inAllMax) break;
  }
  return keys;
}
