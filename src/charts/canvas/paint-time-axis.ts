import { chartColours } from '../colours.ts';
import { timeTicks, type TimeAxis } from '../layout/time-axis.ts';
import { axisHeightPx, chartFont } from './chart-metrics.ts';

/** The shared time axis between the schedule and the levels. */
export function paintTimeAxis(
  context: CanvasRenderingContext2D,
  axis: TimeAxis,
  topPx: number,
  widthPx: number,
  dark: boolean,
): void {
  const colours = chartColours(dark ? 'dark' : 'light');
  context.fillStyle = colours.background;
  context.fillRect(0, topPx, widthPx, axisHeightPx);
  context.fillStyle = colours.axis;
  context.fillRect(axis.leftPx, topPx, axis.widthPx, 1);
  context.font = chartFont;
  context.fillStyle = colours.faintText;
  context.textBaseline = 'middle';
  const rightPx = axis.leftPx + axis.widthPx;
  let freeFromPx = -Infinity;
  for (const tick of timeTicks(axis)) {
    const half = context.measureText(tick.label).width / 2;
    context.textAlign = 'left';
    context.fillRect(Math.round(tick.px), topPx, 1, 4);
    const left = Math.max(axis.leftPx - 4, Math.min(tick.px - half, rightPx - 2 * half));
    // The last one is moved in from the edge: it must not run into the one before.
    if (left < freeFromPx) continue;
    context.fillText(tick.label, left, topPx + axisHeightPx / 2 + 1);
    freeFromPx = left + 2 * half + 8;
  }
}
