import { formatMs } from '../../../src/base/units.ts';
import { paintBars } from '../../../src/charts/canvas/paint-bars.ts';
import { paintHeatMap } from '../../../src/charts/canvas/paint-heat-map.ts';
import { paintTradeOff } from '../../../src/charts/canvas/paint-trade-off.ts';
import { heatScale } from '../../../src/charts/heat-scale.ts';
import { layoutBars } from '../../../src/charts/layout/bars.ts';
import { layoutHeatMap, notPossible, notYet } from '../../../src/charts/layout/heat-map.ts';
import { layoutTradeOff } from '../../../src/charts/layout/trade-off.ts';
import { tradeOffFront } from '../../../src/explore/front.ts';
import { pictureFont, type Picture } from './picture.ts';

/** Permits against workers: more of both helps until four of each. */
const makespanMs = (permits: number, workers: number): number =>
  Math.max(2400 / Math.min(permits, 4), 2400 / Math.min(workers, 4)) + 10 * workers;
const permits = [1, 2, 3, 4, 6, 8];
const workers = [1, 2, 4, 8];

export const heatMapOfTwoFields = (): Picture => {
  const values = workers.flatMap((rows) => permits.map((columns) => makespanMs(columns, rows)));
  // The last one of the top row is yet to come, the first one cannot be simulated.
  values[values.length - 1] = notYet;
  values[values.length - permits.length] = notPossible;
  const scene = layoutHeatMap(
    {
      ...{ columns: permits.map(String), rows: workers.map(String), values },
      ...{ xLabel: 'Resize: Permits', yLabel: 'Workers' },
    },
    480,
  );
  return {
    ...{ widthPx: scene.widthPx, heightPx: scene.heightPx },
    shows:
      'Two fields, a makespan in every cell, brightest where it is least; a star on the best one, a diamond where the document is.',
    paint: (context, theme) =>
      paintHeatMap(context, scene, {
        ...{ theme, font: pictureFont, scale: heatScale(values), format: formatMs },
        ...{ best: { column: 3, row: 2 }, present: { column: 1, row: 1 } },
      }),
  };
};

export const heatMapOfManyCells = (): Picture => {
  const [columns, rows] = [32, 16];
  const values = Array.from({ length: columns * rows }, (_, at) => {
    const [x, y] = [at % columns, Math.floor(at / columns)];
    return 100 + 2000 / (1 + Math.min(x, 1.5 * y)) + 4 * Math.abs(x - 16);
  });
  const names = (count: number): string[] => Array.from({ length: count }, (_, at) => String(at));
  const scene = layoutHeatMap(
    {
      ...{ columns: names(columns), rows: names(rows), values },
      ...{ xLabel: 'Capacity', yLabel: 'Permits' },
    },
    360,
  );
  const place = { column: 16, row: 13 };
  return {
    ...{ widthPx: scene.widthPx, heightPx: scene.heightPx },
    shows: '512 cells side by side: an edge runs up at a slant; few labels, none over another.',
    paint: (context, theme) =>
      paintHeatMap(context, scene, {
        ...{ theme, font: pictureFont, scale: heatScale(values), format: formatMs },
        ...{ best: place, present: place },
      }),
  };
};

export const barsOfOneField = (): Picture => {
  const values = [...permits.slice(0, 5).map((count) => 2400 / Math.min(count, 4)), notPossible];
  const scene = layoutBars(
    {
      ...{ columns: permits.map(String), values, formatY: formatMs },
      ...{ xLabel: 'Resize: Permits', yLabel: 'Makespan' },
    },
    ...([360, 200] as const),
  );
  return {
    ...{ widthPx: 360, heightPx: 200 },
    shows: 'One bar a value, from zero; the last one cannot be simulated.',
    paint: (context, theme) =>
      paintBars(context, scene, {
        ...{ theme, font: pictureFont, scale: heatScale(values), best: 3, present: 0 },
      }),
  };
};

export const tradeOffWithItsFront = (): Picture => {
  const points = permits.flatMap((columns) =>
    workers.map((rows) => ({
      x: makespanMs(columns, rows),
      y: 20 + 15 * columns * rows + (2400 / makespanMs(columns, rows)) ** 2,
    })),
  );
  const front = tradeOffFront(points).map(({ index }) => index);
  const scene = layoutTradeOff(
    {
      ...{ points, front, xLabel: 'Makespan', yLabel: 'p95 latency' },
      ...{ formatX: formatMs, formatY: formatMs },
    },
    ...([420, 260] as const),
  );
  const [first] = front as [number];
  return {
    ...{ widthPx: 420, heightPx: 260 },
    shows:
      'Pale dots are beaten, solid ones are the front, joined in steps; a bar is what was measured, a diamond the document.',
    paint: (context, theme) =>
      paintTradeOff(context, scene, {
        ...{ theme, font: pictureFont, present: 5 },
        measured: [
          {
            ...{ index: first, along: 'x', median: points[first]!.x * 1.12 },
            ...{ low: points[first]!.x * 1.1, high: points[first]!.x * 1.2 },
          },
        ],
      }),
  };
};
