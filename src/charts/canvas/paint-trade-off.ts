import { chartColours, paleColour, type ChartColours } from '../colours.ts';
import type { TradeOffScene } from '../layout/trade-off.ts';
import { stageColour, type Theme } from '../stage-colours.ts';
import { paintDiamond } from './choice-marks.ts';
import { paintAxisWords } from './paint-axis-words.ts';

export interface TradeOffOptions {
  theme: Theme;
  font: string;
  /** What the document is now; null: it is not among the points. */
  present: number | null;
  /** What was measured of some points, where the figure is one that is measured. */
  measured: readonly MeasuredPoint[];
}

export interface MeasuredPoint {
  index: number;
  /** Which of its two figures was measured: its median, and the interval of that. */
  along: 'x' | 'y';
  median: number;
  low: number;
  high: number;
}

const dotPx = { beaten: 2, front: 4 };

/** Paints all points pale, the front solid and joined, and what was measured as bars. */
export function paintTradeOff(
  context: CanvasRenderingContext2D,
  scene: TradeOffScene,
  { theme, font, present, measured }: TradeOffOptions,
): void {
  const colours = chartColours(theme);
  const front = stageColour(0, theme);
  context.save();
  context.fillStyle = colours.background;
  context.fillRect(0, 0, scene.widthPx, scene.heightPx);
  context.font = font;
  paintAxes(context, scene, colours);
  paintDots(context, scene, paleColour(front, theme, 0.45));
  paintFront(context, scene, front);
  for (const point of measured) paintMeasured(context, scene, point, colours);
  if (present !== null && isThere(scene, present)) {
    const { x, y } = at(scene, present);
    paintDiamond(context, x, y, 6, colours);
  }
  context.restore();
}

const at = (scene: TradeOffScene, index: number): { x: number; y: number } => ({
  x: scene.xPx(scene.points[index]!.x),
  y: scene.yPx(scene.points[index]!.y),
});
const isThere = ({ points }: TradeOffScene, index: number): boolean =>
  Number.isFinite(points[index]?.x) && Number.isFinite(points[index]?.y);

function paintDots(context: CanvasRenderingContext2D, scene: TradeOffScene, colour: string): void {
  const isFront = new Set(scene.front);
  context.fillStyle = colour;
  scene.points.forEach((_, index) => {
    if (isFront.has(index) || !isThere(scene, index)) return;
    const { x, y } = at(scene, index);
    context.fillRect(x - dotPx.beaten, y - dotPx.beaten, 2 * dotPx.beaten, 2 * dotPx.beaten);
  });
}

/** In steps: between two members nothing better than the worse of both is known. */
function paintFront(context: CanvasRenderingContext2D, scene: TradeOffScene, colour: string): void {
  context.setLineDash([]);
  context.strokeStyle = colour;
  context.lineWidth = 1.6;
  context.beginPath();
  scene.front.forEach((index, place) => {
    const { x, y } = at(scene, index);
    if (place === 0) context.moveTo(x, y);
    else {
      context.lineTo(x, at(scene, scene.front[place - 1]!).y);
      context.lineTo(x, y);
    }
  });
  context.stroke();
  context.fillStyle = colour;
  for (const index of scene.front) {
    const { x, y } = at(scene, index);
    context.beginPath();
    context.arc(x, y, dotPx.front, 0, 2 * Math.PI);
    context.fill();
  }
}

/** A bar over the interval, joined with what was predicted. */
function paintMeasured(
  context: CanvasRenderingContext2D,
  scene: TradeOffScene,
  { index, along, median, low, high }: MeasuredPoint,
  colours: ChartColours,
): void {
  const predicted = at(scene, index);
  const scale = along === 'x' ? scene.xPx : scene.yPx;
  const [from, to] = [scale(low), scale(high)];
  const middle = scale(median);
  context.strokeStyle = colours.text;
  context.lineWidth = 1;
  context.setLineDash([2, 2]);
  context.beginPath();
  context.moveTo(predicted.x, predicted.y);
  if (along === 'x') context.lineTo(middle, predicted.y);
  else context.lineTo(predicted.x, middle);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = colours.text;
  const long = Math.max(2, Math.abs(to - from));
  if (along === 'x') {
    context.fillRect(Math.min(from, to), predicted.y - 1, long, 2);
    context.fillRect(middle - 1, predicted.y - 5, 2, 10);
  } else {
    context.fillRect(predicted.x - 1, Math.min(from, to), 2, long);
    context.fillRect(predicted.x - 5, middle - 1, 10, 2);
  }
}

function paintAxes(
  context: CanvasRenderingContext2D,
  scene: TradeOffScene,
  colours: ChartColours,
): void {
  const { plot } = scene;
  const widthPx = plot.rightPx - plot.leftPx;
  const heightPx = plot.bottomPx - plot.topPx;
  context.fillStyle = colours.grid;
  for (const { px } of scene.yTicks) context.fillRect(plot.leftPx, Math.round(px), widthPx, 1);
  for (const { px } of scene.xTicks) context.fillRect(Math.round(px), plot.topPx, 1, heightPx);
  context.fillStyle = colours.axis;
  context.fillRect(plot.leftPx, plot.bottomPx, widthPx, 1);
  context.fillRect(plot.leftPx, plot.topPx, 1, heightPx);
  paintAxisWords(context, scene, plot, colours);
}
