import { chartColours } from '../colours.ts';
import type { IntervalRow, IntervalScene } from '../layout/interval-rows.ts';
import type { Theme } from '../stage-colours.ts';
import { escapeXml, px } from './escape.ts';
import { plotGround, plotSvg } from './plot-svg.ts';
import { contenderColour, contenderMark } from './samples-svg.ts';

/** Letters of a name, 11 px high, take about so much. */
const letterPx = 6;

/** Estimates with their intervals; `chosen`: the row that is read. A row's mark is its own, so colour never tells alone. */
export function intervalRowsSvg(
  scene: IntervalScene,
  rows: readonly IntervalRow[],
  options: { theme: Theme; label: string; axis: string; chosen?: number | null },
): string {
  const { theme, label, axis, chosen = null } = options;
  const { plot, marks, onePx } = scene;
  const colours = chartColours(theme);
  const lettersMax = Math.floor((plot.rightPx - plot.leftPx) / letterPx);
  return plotSvg(scene, label, [
    ...plotGround(scene, theme, axis),
    `<line x1="${px(onePx)}" x2="${px(onePx)}" y1="${px(plot.topPx)}" y2="${px(plot.bottomPx)}" stroke="${colours.axis}" stroke-dasharray="3 3"/>`,
    ...marks.map(({ row, x, y, lowPx, highPx }) => {
      const colour = contenderColour(row, theme);
      const name = shortened(rows[row]!.name, lettersMax);
      return [
        `<text x="${px(plot.leftPx)}" y="${px(y - 11)}" fill="${colours.text}" stroke="${colours.background}" stroke-width="3" paint-order="stroke">${escapeXml(name)}</text>`,
        `<path d="M${px(lowPx)} ${px(y)}H${px(highPx)}M${px(lowPx)} ${px(y - 5)}v10M${px(highPx)} ${px(y - 5)}v10" stroke="${colour}" stroke-width="2" fill="none"/>`,
        `<path d="${contenderMark(row, 60)}" transform="translate(${px(x)} ${px(y)})" fill="${colour}"/>`,
        row === chosen
          ? `<circle cx="${px(x)}" cy="${px(y)}" r="10" fill="none" stroke="${colours.focus}" stroke-width="2"/>`
          : '',
      ].join('');
    }),
  ]);
}

const shortened = (text: string, lettersMax: number): string =>
  text.length <= lettersMax ? text : `${text.slice(0, Math.max(1, lettersMax - 1))}…`;
