import { chartColours, paleColour } from '../colours.ts';
import type { WaterfallScene } from '../layout/waterfall.ts';
import type { Theme } from '../stage-colours.ts';
import { escapeXml, px } from './escape.ts';
import { plotGround, plotSvg } from './plot-svg.ts';

export interface WaterfallSvgOptions {
  theme: Theme;
  label: string;
  /** What the axis means. */
  xLabel: string;
  /** What stands beside each bar, one a row. */
  figures: readonly string[];
  /** The row that is read; null: none. */
  chosen: number | null;
}

/** A waterfall as SVG text: totals solid, what adds in the warning colour, what takes away hatched in the good one. */
export function waterfallSvg(scene: WaterfallScene, options: WaterfallSvgOptions): string {
  const { theme, label, xLabel, figures, chosen } = options;
  const colours = chartColours(theme);
  const { rows, plot } = scene;
  const parts = plotGround({ ...scene, xTicks: scene.ticks, yTicks: [] }, theme, xLabel);
  rows.forEach(({ step, topPx, heightPx, fromPx, toPx, figurePx }, at) => {
    const middle = px(topPx + heightPx / 2);
    if (at === chosen)
      parts.push(
        `<rect x="0" y="${px(topPx - 5)}" width="${px(scene.widthPx)}" height="${px(heightPx + 10)}" fill="${paleColour(colours.focus, theme, 0.2)}"/>`,
      );
    const fill = step.isTotal
      ? colours.axis
      : step.value >= 0
        ? colours.warning
        : paleColour(colours.hit, theme, 0.55);
    const leftPx = Math.min(fromPx, toPx);
    parts.push(
      `<text x="${px(plot.leftPx - 6)}" y="${middle}" text-anchor="end" dominant-baseline="central" fill="${colours.text}">${escapeXml(step.label)}</text>`,
      `<rect x="${px(leftPx)}" y="${px(topPx)}" width="${px(Math.max(1, Math.abs(toPx - fromPx)))}" height="${px(heightPx)}" fill="${fill}"${!step.isTotal && step.value < 0 ? ` stroke="${colours.hit}"` : ''}/>`,
      `<text x="${px(figurePx)}" y="${middle}" dominant-baseline="central" fill="${colours.text}"${step.isTotal ? ' font-weight="600"' : ''}>${escapeXml(figures[at] ?? '')}</text>`,
    );
    if (at + 1 < rows.length)
      parts.push(
        `<line x1="${px(toPx)}" x2="${px(toPx)}" y1="${px(topPx + heightPx)}" y2="${px(rows[at + 1]!.topPx)}" stroke="${colours.axis}" stroke-dasharray="2 2"/>`,
      );
  });
  return plotSvg(scene, label, parts);
}
