import { area, line } from 'd3';
import { chartColours } from '../colours.ts';
import type { FunnelScene } from '../layout/funnel.ts';
import type { Theme } from '../stage-colours.ts';
import { px } from './escape.ts';
import { plotGround, plotSvg } from './plot-svg.ts';

/** How an interval narrows; `chosen`: the look that is read. */
export function funnelSvg(
  scene: FunnelScene,
  options: { theme: Theme; label: string; colour: string; chosen?: number | null },
): string {
  const { theme, label, colour, chosen = null } = options;
  const { plot, looks, dots, aim, one } = scene;
  const colours = chartColours(theme);
  const [left, width] = [px(plot.leftPx), px(plot.rightPx - plot.leftPx)];
  const read = chosen === null ? undefined : looks[chosen];
  const band = area<(typeof looks)[number]>()
    .x(({ x }) => x)
    .y0(({ low }) => low)
    .y1(({ high }) => high)
    .digits(2);
  const middle = line<(typeof looks)[number]>()
    .x(({ x }) => x)
    .y(({ ratio }) => ratio)
    .digits(2);
  return plotSvg(scene, label, [
    ...plotGround(scene, theme, 'pairs'),
    aim
      ? `<rect x="${left}" width="${width}" y="${px(aim.high)}" height="${px(aim.low - aim.high)}" fill="${colours.hit}" fill-opacity="0.16"/>`
      : '',
    `<line x1="${left}" x2="${px(plot.rightPx)}" y1="${px(one)}" y2="${px(one)}" stroke="${colours.axis}" stroke-dasharray="3 3"/>`,
    ...dots.map(
      ({ x, y }) =>
        `<circle cx="${px(x)}" cy="${px(y)}" r="2" fill="${colours.faintText}" fill-opacity="0.55"/>`,
    ),
    looks.length > 1
      ? `<path d="${band(looks) ?? ''}" fill="${colour}" fill-opacity="0.25"/><path d="${middle(looks) ?? ''}" fill="none" stroke="${colour}" stroke-width="1.8"/>`
      : '',
    ...looks.map((look) => {
      const at = px(look.x);
      const thick = look === read ? 3 : 1.5;
      return `<line x1="${at}" x2="${at}" y1="${px(look.low)}" y2="${px(look.high)}" stroke="${colour}" stroke-width="${thick}"/><circle cx="${at}" cy="${px(look.ratio)}" r="${look === read ? 5 : 3}" fill="${colour}"/>`;
    }),
  ]);
}
