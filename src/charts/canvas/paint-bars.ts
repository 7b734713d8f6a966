import { chartColours } from '../colours.ts';
import type { HeatScale } from '../heat-scale.ts';
import type { BarsScene } from '../layout/bars.ts';
import type { Theme } from '../stage-colours.ts';
import { paintDiamond, paintStar } from './choice-marks.ts';
import { paintAxisWords } from './paint-axis-words.ts';

export interface BarsOptions {
  theme: Theme;
  font: string;
  scale: HeatScale | null;
  /** Bars with a mark; null: none. */
  best: number | null;
  present: number | null;
}

/** Room above the plot that a mark takes. */
const markPx = 9;

/** Paints one bar a value on its axes; a cross where there cannot be one. */
export function paintBars(
  context: CanvasRenderingContext2D,
  scene: BarsScene,
  { theme, font, scale, best, present }: BarsOptions,
): void {
  const colours = chartColours(theme);
  const { plot } = scene;
  const bottomPx = plot.topPx + plot.heightPx;
  context.save();
  context.fillStyle = colours.background;
  context.fillRect(0, 0, scene.widthPx, scene.heightPx);
  context.font = font;
  context.fillStyle = colours.grid;
  for (const { px } of scene.yTicks) context.fillRect(plot.leftPx, Math.round(px), plot.widthPx, 1);
  scene.columns.forEach((_, at) => {
    const { leftPx, topPx, widthPx, heightPx } = scene.bar(at);
    const value = scene.values[at]!;
    if (scale !== null && Number.isFinite(value)) {
      context.fillStyle = scale.colourOf(value);
      context.fillRect(leftPx, topPx, widthPx, heightPx);
      // A pale bar keeps its edge on a pale ground.
      context.strokeStyle = colours.axis;
      context.lineWidth = 1;
      if (widthPx > 6) context.strokeRect(leftPx + 0.5, topPx + 0.5, widthPx - 1, heightPx);
    } else if (value === Infinity) {
      context.fillStyle = colours.faintText;
      context.textAlign = 'center';
      context.textBaseline = 'bottom';
      context.fillText('×', leftPx + widthPx / 2, bottomPx - 1);
    }
  });
  context.fillStyle = colours.axis;
  context.fillRect(plot.leftPx, bottomPx, plot.widthPx, 1);
  const top = (at: number): { x: number; y: number } => {
    const { leftPx, topPx, widthPx } = scene.bar(at);
    return { x: leftPx + widthPx / 2, y: Math.max(markPx, topPx - markPx) };
  };
  if (present !== null) paintDiamond(context, top(present).x, top(present).y, 5, colours);
  if (best !== null)
    paintStar(context, top(best).x + (best === present ? 13 : 0), top(best).y, 6, colours);
  paintAxisWords(context, scene, { leftPx: plot.leftPx, bottomPx }, colours);
  context.restore();
}
