import { formatCount } from '../../base/units.ts';
import type { Trace } from '../../trace/types.ts';

/** Why a run is not held against its prediction. */
export interface NotCompared {
  /** In a few words, for a line of figures. */
  short: string;
  /** A sentence or two. */
  text: string;
  /** A run without the cache can be compared. */
  isWithoutCache: boolean;
}

/**
 * Whether the cache gave another part of the answers than was predicted; null: it did not, so the two can be compared.
 * A prediction starts with an empty cache, and finds there what equal keys of its own have left.
 */
export function notCompared(
  predicted: Trace | null,
  measured: Trace,
  cache: 'on' | 'off',
): NotCompared | null {
  const [hits, foreseen] = [hitsIn(measured), predicted === null ? 0 : hitsIn(predicted)];
  const isWithoutCache = foreseen === 0;
  if (cache === 'off' && !isWithoutCache) {
    const text = `The prediction counts on ${formatCount(foreseen)} cache hits, but the cache was off for this run, so the two are not compared.`;
    return { short: 'cache off', text, isWithoutCache };
  }
  if (hits <= foreseen) return null;
  const more = isWithoutCache ? '' : 'more ';
  const short = `${formatCount(hits - foreseen)} ${more}cache ${hits - foreseen === 1 ? 'hit' : 'hits'}`;
  const known = isWithoutCache ? '' : `, and ${formatCount(foreseen)} were predicted`;
  const text = `The cache answered ${formatCount(hits)} ${hits === 1 ? 'task' : 'tasks'} of this run${known}. A prediction starts with an empty cache, so the two are not compared; ${
    isWithoutCache
      ? 'a run without the cache can be.'
      : 'delete its results (Cache, Entries) and run again to do so.'
  }`;
  return { short, text, isWithoutCache };
}

const hitsIn = ({ meta }: Trace): number =>
  meta.stages.reduce((sum, { cacheHits }) => sum + cacheHits, 0);
