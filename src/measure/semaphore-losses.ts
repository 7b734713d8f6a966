import type { Holding } from './holding.ts';
import type { RunLevels } from './run-levels.ts';
import { bothOf, overlapMs } from './span-sets.ts';
import { countingSeries } from './step-series.ts';
import { lengthMs, spansWhere, type Spans } from './throttling.ts';

/** What one semaphore (or buffer) cost, in its place in the tree of those around it. */
export interface SemaphoreLoss {
  holding: Holding;
  /** 0: nothing around it held anything back; 1: inside the row before it of depth 0, and so on. */
  depth: number;
  /** Task-milliseconds waited for it itself: those that waited for something inside it are counted there. */
  ownMs: number;
  /** Shares of the run, 0 … 1: something waited for it at all. */
  heldShare: number;
  /** … and waited for something inside it. */
  nestedShare: number;
  /** … and it was the only thing that held the run back. */
  aloneShare: number;
}

/** Each row stands below the one it is inside of; neighbours by what they cost. */
export function semaphoreLosses(levels: RunLevels, holdings: readonly Holding[]): SemaphoreLoss[] {
  const { endMs } = levels;
  const outer = new Map(holdings.map((one) => [one, outerOf(levels, holdings, one)]));
  const single = singly(
    holdings.map(({ root }) => root),
    endMs,
  );
  const rows: SemaphoreLoss[] = [];
  const share = (spans: Spans) => (endMs > 0 ? lengthMs(spans) / endMs : 0);
  const place = (around: Holding | null, depth: number): void => {
    const inside = holdings.filter((one) => outer.get(one) === around && one.waitMs > 0);
    for (const holding of inside.toSorted((a, b) => b.waitMs - a.waitMs)) {
      rows.push({
        ...{ holding, depth },
        ownMs: Math.max(0, holding.waitMs - holding.nestedMs),
        heldShare: share(holding.spans),
        nestedShare: share(holding.nested),
        aloneShare: share(bothOf(holding.root, single)),
      });
      place(holding, depth + 1);
    }
  };
  place(null, 0);
  return rows;
}

/** When exactly one of them was in force. */
function singly(sets: readonly Spans[], endMs: number): Spans {
  const all = (end: 'from' | 'to'): Float64Array => {
    const times = new Float64Array(sets.reduce((sum, set) => sum + set[end].length, 0));
    let at = 0;
    for (const set of sets) {
      times.set(set[end], at);
      at += set[end].length;
    }
    return times;
  };
  return spansWhere([countingSeries(all('from'), all('to'))], endMs, ([count]) => count === 1);
}

/** What a semaphore is inside of: the nearest of those around it that was held by it; null: nothing was. */
function outerOf(
  { graph, pipeline }: RunLevels,
  holdings: readonly Holding[],
  one: Holding,
): Holding | null {
  const stageAround = (kind: Holding['kind'], stages: readonly number[]) =>
    holdings.filter((other) => other.kind === kind && stages.includes(other.stage));
  const candidates = (): Holding[][] => {
    switch (one.kind) {
      case 'permits':
        return [stageAround('buffer', [one.stage])];
      case 'buffer':
        return [stageAround('permits', graph.parents[one.stage]!)];
      case 'limit': {
        const users = pipeline.stages.flatMap(({ uses }, stage) =>
          one.key.slice('limit:'.length) in uses ? [stage] : [],
        );
        // What several stages share is inside none of them alone.
        return users.length === 1 ? [stageAround('buffer', users)] : [];
      }
      case 'workers':
      case 'in-flight':
      case 'memory':
        return [];
    }
  };
  const isInside = one.kind !== 'in-flight' && one.kind !== 'memory';
  const around = holdings.filter(({ kind }) => kind === 'in-flight' || kind === 'memory');
  for (const group of [...candidates(), ...(isInside ? [around] : [])]) {
    let [best, mostMs] = [null as Holding | null, 0];
    for (const other of group) {
      const ms = overlapMs(other.nested, one.spans);
      if (ms > mostMs) [best, mostMs] = [other, ms];
    }
    if (best) return best;
  }
  return null;
}
