import { scaleLinear } from 'd3';
import { chartColours } from '../colours.ts';
import type { Theme } from '../stage-colours.ts';
import { escapeXml, px } from './escape.ts';

const whenStripHeightPx = 14;

/**
 * The whole run from left to right, darker and higher where something was in force for more of the time:
 * one glance tells what is chronic from what passes. SVG text, made without a DOM; it takes the width it is
 * given.
 *
 * @param shares of each of equal parts of the run, 0 … 1.
 */
export function whenStrip(
  shares: readonly number[],
  { theme, colour, label }: { theme: Theme; colour: string; label: string },
): string {
  const colours = chartColours(theme);
  const width = shares.length;
  const y = scaleLinear([0, 1], [0, whenStripHeightPx]);
  const bars = shares.flatMap((share, at) =>
    share < 0.005
      ? []
      : [
          `<rect x="${at}" y="${px(whenStripHeightPx - Math.max(2, y(share)))}" width="1.02" height="${px(Math.max(2, y(share)))}" fill="${colour}"/>`,
        ],
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${whenStripHeightPx}" preserveAspectRatio="none" shape-rendering="crispEdges" width="100%" height="${whenStripHeightPx}" role="img" aria-label="${escapeXml(label)}"><rect width="${width}" height="${whenStripHeightPx}" fill="${colours.grid}"/>${bars.join('')}</svg>`;
}
