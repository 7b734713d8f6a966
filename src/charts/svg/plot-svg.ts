import { chartColours } from '../colours.ts';
import type { AxisTick, Plot } from '../layout/plot.ts';
import type { Theme } from '../stage-colours.ts';
import { escapeXml, px } from './escape.ts';

export interface PlotFrame {
  widthPx: number;
  heightPx: number;
  plot: Plot;
  xTicks: readonly AxisTick[];
  yTicks: readonly AxisTick[];
}

/** The ground of a chart: its grid, its ticks and what the axis below means. */
export function plotGround(
  { widthPx, heightPx, plot, xTicks, yTicks }: PlotFrame,
  theme: Theme,
  xLabel: string,
): string[] {
  const colours = chartColours(theme);
  const { leftPx, rightPx, bottomPx } = plot;
  const [left, right, bottom] = [px(leftPx), px(rightPx), px(bottomPx)];
  return [
    `<rect width="${px(widthPx)}" height="${px(heightPx)}" fill="${colours.background}"/>`,
    ...yTicks.flatMap((tick) => [
      `<line x1="${left}" x2="${right}" y1="${px(tick.px)}" y2="${px(tick.px)}" stroke="${colours.grid}"/>`,
      `<text x="${px(leftPx - 6)}" y="${px(tick.px)}" text-anchor="end" dominant-baseline="central" fill="${colours.faintText}">${escapeXml(tick.label)}</text>`,
    ]),
    ...xTicks.flatMap((tick) => [
      `<line x1="${px(tick.px)}" x2="${px(tick.px)}" y1="${bottom}" y2="${px(bottomPx + 4)}" stroke="${colours.axis}"/>`,
      `<text x="${px(tick.px)}" y="${px(bottomPx + 15)}" text-anchor="middle" fill="${colours.faintText}">${escapeXml(tick.label)}</text>`,
    ]),
    `<line x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}" stroke="${colours.axis}"/>`,
    `<text x="${px((leftPx + rightPx) / 2)}" y="${px(heightPx - 4)}" text-anchor="middle" fill="${colours.faintText}">${escapeXml(xLabel)}</text>`,
  ];
}

/** The whole picture as SVG text, with what it shows in words. */
export function plotSvg(
  { widthPx, heightPx }: Pick<PlotFrame, 'widthPx' | 'heightPx'>,
  label: string,
  parts: readonly string[],
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(widthPx)} ${px(heightPx)}" width="${px(widthPx)}" height="${px(heightPx)}" role="img" aria-label="${escapeXml(label)}" font-size="11" font-family="system-ui, sans-serif" style="font-variant-numeric: tabular-nums">${parts.join('')}</svg>`;
}
