import type { ChartColours } from '../colours.ts';
import { BoxKind } from '../layout/box-list.ts';

/** Half the size of a mark, px. */
const half = 4;

/**
 * Marks with a shape of their own, so that they are told apart without colour:
 * failed ✕ · retried ○ · timed out ◇ · cancelled ▬ · lost ✚ · dropped ▼
 */
export function paintTrouble(
  context: CanvasRenderingContext2D,
  kind: number,
  x: number,
  topPx: number,
  heightPx: number,
  colours: ChartColours,
): void {
  const y = topPx + heightPx / 2;
  const warns = kind === BoxKind.retried || kind === BoxKind.timedOut;
  // A rim in the colour of the ground keeps the mark readable on a fill of any colour.
  for (const [colour, lineWidth] of [
    [colours.background, 4],
    [warns ? colours.warning : colours.failure, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = lineWidth;
    context.beginPath();
    traceMark(context, kind, x, y, topPx);
    context.stroke();
  }
  if (kind === BoxKind.dropped) {
    context.fillStyle = colours.drop;
    context.fill();
  }
}

function traceMark(
  context: CanvasRenderingContext2D,
  kind: number,
  x: number,
  y: number,
  topPx: number,
): void {
  if (kind === BoxKind.failed) {
    context.moveTo(x - half, y - half);
    context.lineTo(x + half, y + half);
    context.moveTo(x + half, y - half);
    context.lineTo(x - half, y + half);
  } else if (kind === BoxKind.retried) {
    context.arc(x, y, half - 1, 0, 2 * Math.PI);
  } else if (kind === BoxKind.timedOut) {
    context.moveTo(x, y - half);
    context.lineTo(x + half, y);
    context.lineTo(x, y + half);
    context.lineTo(x - half, y);
    context.closePath();
  } else if (kind === BoxKind.cancelled) {
    context.moveTo(x - half, y);
    context.lineTo(x + half, y);
  } else if (kind === BoxKind.lost) {
    context.moveTo(x, y - half);
    context.lineTo(x, y + half);
    context.moveTo(x - half, y);
    context.lineTo(x + half, y);
  } else {
    // Dropped: a wedge that points into the lane from above.
    context.moveTo(x - half, topPx);
    context.lineTo(x + half, topPx);
    context.lineTo(x, topPx + half + 2);
    context.closePath();
  }
}
