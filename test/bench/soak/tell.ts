import { formatBytes, formatCount, formatMs } from '../../../src/base/units.ts';
import { textTable } from '../../../src/cli/text-table.ts';
import { medianMs } from '../../../src/measure/median.ts';
import type { SoakFigures } from '../soak-bench.ts';
import type { Sample } from './samples.ts';
import { isFlat, slopePerHour, type Slope } from './slope.ts';

/** Before that, engines compile and caches fill. */
const warmUpShare = 0.2;
/** Of what is held after it, an hour: a page that grows by less lives through a working week. */
const growthAllowed = 0.05;

/** The browser compiles what goes on being used, one function after another: that is no leak, and nobody's to end. */
const notJudged: Quantity = 'compiledCode';

type Quantity = Exclude<keyof Sample, 'atMs'>;
const quantities: readonly [Quantity, string, format: (value: number) => string][] = [
  ['pageHeap', "Heap of the page's thread", formatBytes],
  ['allMemory', 'Page, sandbox and workers', formatBytes],
  ['compiledCode', "Compiled code of the page's", formatBytes],
  ['domNodes', 'Nodes', formatCount],
  ['eventListeners', 'Event listeners', formatCount],
  ['documents', 'Documents', formatCount],
  ['frames', 'Frames', formatCount],
  ['workers', 'Workers', formatCount],
  ['storedEntries', 'Entries in IndexedDB', formatCount],
];

export interface Growth {
  quantity: Quantity;
  samples: number;
  median: number;
  slope: Slope;
  /** Null: the interval leaves it open. */
  isFlat: boolean | null;
}

/** How one quantity grew after the warm-up; null: it could not be had. */
export function growthOf(samples: readonly Sample[], quantity: Quantity): Growth | null {
  const warmMs = warmUpShare * (samples.at(-1)?.atMs ?? 0);
  const rows = samples.filter((sample) => sample.atMs >= warmMs && sample[quantity] !== null);
  const values = rows.map((sample) => sample[quantity]!);
  const median = medianMs(values);
  if (median === null) return null;
  const slope = slopePerHour(
    rows.map(({ atMs }) => atMs),
    values,
  );
  const flat = isFlat(slope, growthAllowed * median);
  return { quantity, samples: rows.length, median, slope, isFlat: flat };
}

const verdicts = { true: 'flat', false: 'GROWS', null: 'left open' };

/** The soak as text; `isSteady`: nothing was lost, and nothing is seen to grow. */
export function tellSoak(figures: SoakFigures): { text: string; isSteady: boolean } {
  const { runs, minutes, totals, wrong, samples } = figures;
  const growths = quantities.map(([quantity]) => growthOf(samples, quantity));
  const rows = quantities.map(([, title, format], at): string[] => {
    const growth = growths[at];
    if (!growth) return [title, ...Array<string>(4).fill('–')];
    const { perHour, low, high } = growth.slope;
    const signed = (value: number): string => `${value > 0 ? '+' : ''}${format(value)}`;
    const range = Number.isFinite(low) ? `${signed(low)} to ${signed(high)}` : 'too few samples';
    const verdict = growth.quantity === notJudged ? 'the browser’s' : verdicts[`${growth.isFlat}`];
    return [title, format(growth.median), signed(perHour), range, verdict];
  });
  const grows = growths.some((growth) => growth?.isFlat === false && growth.quantity !== notJudged);
  const counts = [
    `${formatCount(totals.retried)} attempts retried`,
    `${formatCount(totals.timedOut)} over their time`,
    `${formatCount(totals.workersReplaced)} workers ended and replaced`,
    `${formatCount(totals.cacheHits)} results found and ${formatCount(totals.cacheMisses)} computed`,
  ];
  const text = [
    `${formatCount(runs)} live runs in ${formatMs(minutes * 60_000)}: ${counts.join(', ')}.`,
    wrong.length === 0
      ? 'Nothing was lost: the books of every run balance, and nothing failed but what always does.'
      : `What must not be, ${formatCount(wrong.length)} times:\n${wrong.slice(0, 10).join('\n')}`,
    textTable(['After the warm-up', 'Median', 'An hour', '95 % interval', ''], rows).trimEnd(),
    `Flat: grows by at most ${growthAllowed * 100} % an hour, from ${growths[0]?.samples ?? 0} samples. Of the first two, the compiled code is taken off.`,
  ];
  return { text: text.join('\n'), isSteady: !grows && wrong.length === 0 };
}
