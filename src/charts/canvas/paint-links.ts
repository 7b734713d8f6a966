import type { ChartColours } from '../colours.ts';

/** A line to the left of where it began: clocks tick in steps, and a permit may pass from end to start. */
const leastBendPx = 6;

/**
 * Lines from where one task let another go to where that one began: along the time axis, and up or down
 * between lanes. `links`: x and y of both ends of each, px. A rim of the ground keeps them readable on
 * any fill.
 */
export function paintLinks(
  context: CanvasRenderingContext2D,
  links: readonly number[],
  colours: ChartColours,
): void {
  if (links.length === 0) return;
  context.lineJoin = 'round';
  for (const [colour, lineWidth] of [
    [colours.background, 4],
    [colours.text, 1.5],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = lineWidth;
    context.beginPath();
    for (let i = 0; i < links.length; i += 4) {
      const [x1, y1, x2, y2] = [links[i]!, links[i + 1]!, links[i + 2]!, links[i + 3]!];
      context.moveTo(x1, y1);
      if (y1 !== y2) {
        const bendPx = Math.max(leastBendPx, (x2 - x1) / 2);
        context.bezierCurveTo(x1 + bendPx, y1, x2 - bendPx, y2, x2, y2);
      } else context.lineTo(x2, y2);
    }
    context.stroke();
  }
}
