import type { ChartColours } from '../colours.ts';
import type { AxisTick } from '../layout/plot.ts';

interface AxisWords {
  xTicks: readonly AxisTick[];
  yTicks: readonly AxisTick[];
  xLabel: string;
  yLabel: string;
}

/** What stands along the two axes of a plot: the ticks, below them what runs across, on top what runs upwards. */
export function paintAxisWords(
  context: CanvasRenderingContext2D,
  { xTicks, yTicks, xLabel, yLabel }: AxisWords,
  { leftPx, bottomPx }: { leftPx: number; bottomPx: number },
  colours: ChartColours,
): void {
  context.fillStyle = colours.faintText;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const { px, label } of yTicks) context.fillText(label, leftPx - 6, px);
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const { px, label } of xTicks) context.fillText(label, px, bottomPx + 5);
  context.fillStyle = colours.text;
  context.textAlign = 'left';
  context.fillText(xLabel, leftPx, bottomPx + 21);
  context.fillText(yLabel, 0, 2);
}
