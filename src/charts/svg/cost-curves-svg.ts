import { chartColours } from '../colours.ts';
import type { CostScene } from '../layout/cost-curves.ts';
import type { Theme } from '../stage-colours.ts';
import { px } from './escape.ts';
import { plotGround, plotSvg } from './plot-svg.ts';
import { contenderColour, contenderMark } from './samples-svg.ts';

/** Costs and what was fitted to them; `chosen`: the size that is read, by its place. Each way has a mark of its own. */
export function costCurvesSvg(
  scene: CostScene,
  options: { theme: Theme; label: string; axis: string; chosen?: number | null },
): string {
  const { theme, label, axis, chosen = null } = options;
  const { plot, series, fromX } = scene;
  const colours = chartColours(theme);
  return plotSvg(scene, label, [
    ...plotGround(scene, theme, axis),
    fromX === null
      ? ''
      : `<line x1="${px(fromX)}" x2="${px(fromX)}" y1="${px(plot.topPx)}" y2="${px(plot.bottomPx)}" stroke="${colours.axis}" stroke-dasharray="3 3"/>`,
    ...series.flatMap(({ marks, fit }, way) => {
      const colour = contenderColour(way, theme);
      const [from, to] = fit;
      return [
        from && to
          ? `<line x1="${px(from[0])}" y1="${px(from[1])}" x2="${px(to[0])}" y2="${px(to[1])}" stroke="${colour}" stroke-width="1.6" stroke-dasharray="${way === 0 ? '7 4' : '2 3'}"/>`
          : '',
        ...marks.map(
          ({ at, x, y }) =>
            `<path d="${contenderMark(way, at === chosen ? 110 : 50)}" transform="translate(${px(x)} ${px(y)})" fill="${colour}"/>`,
        ),
      ];
    }),
  ]);
}
