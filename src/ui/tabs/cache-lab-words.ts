import { formatBytes, formatPercent as percent } from '../../base/units.ts';
import type { LineLook } from '../../charts/svg/lines-svg.ts';
import type { LabResult } from '../../explore/cache-lab.ts';
import type { TraceKind } from '../../explore/cache-traces.ts';
import type { Pipeline } from '../../pipeline/types.ts';

/** A curve of the picture: a policy, or the ceiling none of them can exceed. */
export interface Curve {
  what: Pipeline['cache']['policy'] | 'optimum' | 'bound';
  points: readonly { maxBytes: number; hitRate: number; byteHitRate: number }[];
}
/** The ceiling first: what the others are measured against. */
export const curvesOf = ({ curves, ceiling }: LabResult): Curve[] => [
  ...(ceiling ? [{ what: ceiling.kind, points: ceiling.points }] : []),
  ...curves.map(({ policy, points }) => ({ what: policy, points })),
];
export const isCeiling = ({ what }: Curve): boolean => what === 'optimum' || what === 'bound';

/** A number and its unit stay in one line. */
const formatPercent = (share: number): string => percent(share).replace(' ', '\u00a0');

/** What each kind of look-ups is like, and what it shows. */
export const traceWords: Record<TraceKind | 'recorded', { title: string; text: string }> = {
  zipf: {
    title: 'Popular keys (Zipf)',
    text: 'A few keys are asked for most of the time, as on the web and in searches. Policies that count how often (LFU, W-TinyLFU) do best.',
  },
  scan: {
    title: 'Popular keys and scans',
    text: 'Popular keys, and now and then a pass over many that nobody asks for again. Which policies let such a pass push out what is popular?',
  },
  loop: {
    title: 'Round and round (loop)',
    text: 'All keys in order, over and over. LRU lets each key go shortly before it is asked for again, and finds nothing until all of them fit.',
  },
  shifting: {
    title: 'Popularity moves on',
    text: 'The popular keys change ten times in all. A policy that never forgets its counts (LFU) holds on to what was popular long ago.',
  },
  mix: {
    title: 'A mix',
    text: 'Six look-ups in ten for popular keys, three in ten round and round, one in ten for something never asked for again.',
  },
  recorded: {
    title: 'This document’s own',
    text: 'Recorded since the page was opened, run after run: what would another policy or size have done for you?',
  },
};

export const labNames: Record<Curve['what'], string> = {
  optimum: 'Optimum',
  bound: 'Upper bound',
  lru: 'LRU',
  fifo: 'FIFO',
  lfu: 'LFU',
  'lru-buckets': 'LRU buckets',
  'w-tinylfu': 'W-TinyLFU',
};

/** Colour and dash: neither alone has to tell two curves apart. */
export const labLooks: Record<Curve['what'], LineLook> = {
  optimum: { colour: 'ink', widthPx: 2.4 },
  bound: { colour: 'ink', dash: '1 2', widthPx: 2.4 },
  lru: { colour: 0 },
  fifo: { colour: 1, dash: '6 3' },
  lfu: { colour: 2, dash: '2 3' },
  'lru-buckets': { colour: 3, dash: '8 3 2 3' },
  'w-tinylfu': { colour: 5, dash: '12 3' },
};

/** Which policy finds most over all sizes, how near it is to the ceiling, and where it is furthest ahead. */
export function labVerdict(curves: readonly Curve[], measure: 'hitRate' | 'byteHitRate'): string {
  const ceiling = curves.find(isCeiling);
  const mean = (curve: Curve): number => meanOf(curve, measure);
  const { best, worst } = extremes(curves, measure);
  if (!best) return 'Choose a policy to see what it finds.';
  if (mean(best) === 0 && !(ceiling && mean(ceiling) > 0))
    return 'Nothing is asked for twice, so no cache of any size finds anything.';
  const ofCeiling =
    ceiling && mean(ceiling) > 0
      ? `${formatPercent(mean(best) / mean(ceiling))} of what can be found`
      : `${formatPercent(mean(best))} on average`;
  const first = `Over all sizes ${labNames[best.what]} finds most: ${ofCeiling}.`;
  if (!worst) return first.replace('finds most:', 'finds');
  const widest = widestGap([best, worst], measure);
  const [high, low] = [best, worst].map(({ points }) => points[widest]![measure]) as [
    number,
    number,
  ];
  if (high - low < 0.01) return 'The policies differ by less than a percentage point.';
  const size = formatBytes(best.points[widest]!.maxBytes).replace(' ', '\u00a0');
  return `${first} It is furthest ahead at ${size}: ${formatPercent(high)} against ${formatPercent(low)} with ${labNames[worst.what]}.`;
}

/** The size that the verdict speaks of, so that the numbers beside the picture are those it gives. */
export function verdictAt(curves: readonly Curve[], measure: 'hitRate' | 'byteHitRate'): number {
  const { best, worst } = extremes(curves, measure);
  return widestGap(best && worst ? [best, worst] : curves, measure);
}

/** Which policies found the same at every size, as a sentence with a space before it; mostly nothing. */
export function sameCurves(curves: readonly Curve[], measure: 'hitRate' | 'byteHitRate'): string {
  const alike = new Map<string, Curve[]>();
  for (const curve of bestFirst(curves, measure)) {
    const shape = curve.points.map((point) => point[measure].toFixed(3)).join();
    alike.set(shape, [...(alike.get(shape) ?? []), curve]);
  }
  return [...alike.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const names = group.map(({ what }) => labNames[what]);
      return ` ${names.slice(0, -1).join(', ')} and ${names.at(-1)} do the same here: their curves lie on each other.`;
    })
    .join('');
}

function bestFirst(curves: readonly Curve[], measure: 'hitRate' | 'byteHitRate'): Curve[] {
  return curves
    .filter((curve) => !isCeiling(curve))
    .toSorted((a, b) => meanOf(b, measure) - meanOf(a, measure));
}

/** Of those that are equally good or bad the first, which is the best known. `worst`: absent for one alone. */
function extremes(curves: readonly Curve[], measure: 'hitRate' | 'byteHitRate') {
  const [best, ...others] = bestFirst(curves, measure);
  const last = others.at(-1);
  const worst = others.find((curve) => last && meanOf(curve, measure) === meanOf(last, measure));
  return { best, worst };
}

/** Sizes are spread evenly by ratio, so every doubling of the cache counts alike. */
const meanOf = ({ points }: Curve, measure: 'hitRate' | 'byteHitRate'): number =>
  points.reduce((sum, point) => sum + point[measure], 0) / points.length;

/** The size at which the curves lie furthest apart. */
export function widestGap(curves: readonly Curve[], measure: 'hitRate' | 'byteHitRate'): number {
  let widest = 0;
  let most = -Infinity;
  curves[0]?.points.forEach((_, place) => {
    const rates = curves.map(({ points }) => points[place]![measure]);
    const gap = Math.max(...rates) - Math.min(...rates);
    if (gap > most) [widest, most] = [place, gap];
  });
  return widest;
}
