import { layoutLines, type Line } from '../../../src/charts/layout/line-chart.ts';
import { linesSvg } from '../../../src/charts/svg/lines-svg.ts';
import { speedupStrip } from '../../../src/charts/svg/speedup-strip.ts';
import { pairedSpeedup } from '../../../src/measure/speedup.ts';
import { formatPercent } from '../../../src/base/units.ts';
import type { SvgPicture } from './picture.ts';

const lines: Line[] = [
  { name: 'lru', points: [1, 2, 4, 8, 16].map((x) => ({ x, y: x / (x + 4) })) },
  { name: 'lfu', points: [1, 2, 4, 8, 16].map((x) => ({ x, y: x === 4 ? NaN : x / (x + 8) })) },
];

export const linesOverALogarithmicAxis = (): SvgPicture => {
  const scene = layoutLines(lines, {
    ...{ widthPx: 360, heightPx: 180, log: true, yMax: 1, xLabel: 'entries' },
    ...{ formatX: String, formatY: formatPercent },
  });
  const shows = 'Two lines told apart by colour and dash; where a value is missing there is a gap.';
  return {
    shows,
    svg: (theme) =>
      linesSvg(scene, {
        ...{ theme, label: shows, cursorX: 8 },
        looks: [{ colour: 0 }, { colour: 1, dash: '4 3' }],
      }),
  };
};

const ratios = [1.8, 1.9, 1.85, 1.7, 1.95, 1.82, 1.88, 1.79, 1.84, 1.86, 1.81, 1.9];

export const speedupWithItsInterval = (): SvgPicture => ({
  shows: 'A dot a pair of runs, the interval as a bar, no difference as a line.',
  svg: (theme) =>
    speedupStrip(ratios, pairedSpeedup(ratios, { seed: 1, votes: 1 }), {
      ...{ widthPx: 360, theme, label: 'four workers against one' },
    }),
});

export const speedupNotKnownYet = (): SvgPicture => ({
  shows: 'A few pairs, too few for an interval.',
  svg: (theme) =>
    speedupStrip(ratios.slice(0, 3), null, {
      widthPx: 360,
      theme,
      label: 'two workers against one',
    }),
});
