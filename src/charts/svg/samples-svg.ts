import { symbol, symbolsFill } from 'd3';
import { chartColours } from '../colours.ts';
import type { SampleScene } from '../layout/sample-chart.ts';
import { stageColour, type Theme } from '../stage-colours.ts';
import { px } from './escape.ts';
import { plotGround, plotSvg } from './plot-svg.ts';

/** The first, what the others are compared with, is of the ink; the others of the palette. */
export const contenderColour = (index: number, theme: Theme): string =>
  index === 0 ? chartColours(theme).text : stageColour(index - 1, theme);

/** A contender's own mark, about 0, so that colour never has to tell alone. */
export const contenderMark = (index: number, areaPx = 40): string =>
  symbol(symbolsFill[index % symbolsFill.length], areaPx).digits(2)() ?? '';

/** All runs of an experiment; `chosen`: the mark that is read. */
export function samplesSvg(
  scene: SampleScene,
  { theme, label, chosen = null }: { theme: Theme; label: string; chosen?: number | null },
): string {
  const { plot, marks, medians } = scene;
  const read = chosen === null ? undefined : marks[chosen];
  return plotSvg(scene, label, [
    ...plotGround(scene, theme, 'begun after'),
    ...medians.map(
      ({ series, y }) =>
        `<line x1="${px(plot.leftPx)}" x2="${px(plot.rightPx)}" y1="${px(y)}" y2="${px(y)}" stroke="${contenderColour(series, theme)}" stroke-opacity="0.7" stroke-dasharray="5 4"/>`,
    ),
    ...marks.map(
      ({ series, x, y }) =>
        `<path d="${contenderMark(series)}" transform="translate(${px(x)} ${px(y)})" fill="${contenderColour(series, theme)}" fill-opacity="0.85"/>`,
    ),
    read
      ? `<circle cx="${px(read.x)}" cy="${px(read.y)}" r="8" fill="none" stroke="${chartColours(theme).focus}" stroke-width="2"/>`
      : '',
  ]);
}
