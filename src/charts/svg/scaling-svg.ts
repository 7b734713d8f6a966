import { line } from 'd3';
import { chartColours } from '../colours.ts';
import type { ScalingScene } from '../layout/scaling-chart.ts';
import { stageColour, type Theme } from '../stage-colours.ts';
import { px } from './escape.ts';
import { plotGround, plotSvg } from './plot-svg.ts';

/** How each law is drawn; dashes tell them apart where colours do not. */
export const lawLooks = [
  { colour: 0, dash: '9 3' },
  { colour: 3, dash: '2 3' },
] as const;
export const predictedLook = { colour: 1, dash: '6 5' } as const;

/** `chosen`: the measured point that is read. */
export function scalingSvg(
  scene: ScalingScene,
  { theme, label, chosen = null }: { theme: Theme; label: string; chosen?: number | null },
): string {
  const { plot, ideal, laws, measured, predicted, kneeX } = scene;
  const colours = chartColours(theme);
  const path = line().digits(2);
  const stroke = (points: [number, number][], colour: string, dash: string, opacity = 1): string =>
    points.length < 2
      ? ''
      : `<path d="${path(points) ?? ''}" fill="none" stroke="${colour}" stroke-width="1.8" stroke-opacity="${opacity}" stroke-dasharray="${dash}"/>`;
  const ahead = stageColour(predictedLook.colour, theme);
  return plotSvg(scene, label, [
    ...plotGround(scene, theme, 'workers'),
    stroke(ideal, colours.axis, '1 4'),
    kneeX === null
      ? ''
      : `<line x1="${px(kneeX)}" x2="${px(kneeX)}" y1="${px(plot.topPx)}" y2="${px(plot.bottomPx)}" stroke="${colours.warning}" stroke-dasharray="4 3"/><text x="${px(kneeX + 4)}" y="${px(plot.topPx + 10)}" fill="${colours.warning}">knee</text>`,
    ...laws.flatMap(({ fitted, beyond }, index) => {
      const look = lawLooks[index % lawLooks.length]!;
      const colour = stageColour(look.colour, theme);
      return [stroke(fitted, colour, look.dash), stroke(beyond, colour, look.dash, 0.4)];
    }),
    stroke(predicted, ahead, predictedLook.dash),
    ...predicted.map(
      ([x, y]) =>
        `<circle cx="${px(x)}" cy="${px(y)}" r="3" fill="${colours.background}" stroke="${ahead}" stroke-width="1.4"/>`,
    ),
    ...measured.map(({ x, y, low, high }, index) => {
      const at = px(x);
      return [
        `<path d="M${px(x - 4)} ${px(low)}H${px(x + 4)}M${at} ${px(low)}V${px(high)}M${px(x - 4)} ${px(high)}H${px(x + 4)}" stroke="${colours.text}" stroke-width="1.5"/>`,
        `<circle cx="${at}" cy="${px(y)}" r="${index === chosen ? 6 : 3.5}" fill="${colours.text}"/>`,
      ].join('');
    }),
  ]);
}
