import type { EarlierWork } from '../services.ts';

/**
 * What people call the document whose results a namespace holds (see `cacheNamespace`).
 * @param works those whose names this browser knows.
 */
export function cacheOwner(
  namespace: string,
  works: readonly Pick<EarlierWork, 'id' | 'name'>[],
): string {
  if (namespace.startsWith('gallery ')) return `${namespace.slice('gallery '.length)} (gallery)`;
  const work = works.find(({ id }) => namespace === `work ${id}`);
  if (work) return work.name.trim() || 'Untitled';
  return 'A document never edited, or no longer kept in this browser';
}
