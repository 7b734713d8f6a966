import { formatCount } from '../../base/units.ts';
import type { ChartColours } from '../colours.ts';
import type { PressureMark, PressureMarkKind } from '../layout/pressure-marks.ts';

/** Half the width of a mark, px. */
const half = 4;

/**
 * Marks with a shape of their own, so that they are told apart without colour:
 * dropped ▼ · orphaned ◖ (half of a pair) · let in above the memory mark ▲
 */
export function paintPressureMark(
  context: CanvasRenderingContext2D,
  { kind, px, count }: PressureMark,
  topPx: number,
  colours: ChartColours,
): void {
  const colour = kind === 'overrun' ? colours.warning : colours.drop;
  context.lineWidth = 3;
  // A rim in the colour of the ground keeps the mark readable on a fill of any colour.
  context.strokeStyle = colours.background;
  context.beginPath();
  tracePressureMark(context, kind, px, topPx + 1);
  context.stroke();
  context.fillStyle = colour;
  context.fill();
  if (count < 2) return;
  const text = formatCount(count);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const widthPx = context.measureText(text).width;
  context.fillStyle = colours.background;
  context.fillRect(px + half + 1, topPx, widthPx + 4, 12);
  context.fillStyle = colour;
  context.fillText(text, px + half + 3, topPx + 6.5);
}

/** The outline of a mark whose top is at `y`. */
export function tracePressureMark(
  context: Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'arc' | 'closePath'>,
  kind: PressureMarkKind,
  x: number,
  y: number,
): void {
  if (kind === 'drop') {
    context.moveTo(x - half, y);
    context.lineTo(x + half, y);
    context.lineTo(x, y + half + 3);
  } else if (kind === 'overrun') {
    context.moveTo(x - half, y + half + 3);
    context.lineTo(x + half, y + half + 3);
    context.lineTo(x, y);
  } else {
    context.arc(x + 2, y + half, half, Math.PI / 2, (3 * Math.PI) / 2);
  }
  context.closePath();
}
