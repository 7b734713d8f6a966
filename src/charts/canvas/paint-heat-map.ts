import { chartColours, textOn, type ChartColours } from '../colours.ts';
import type { HeatScale } from '../heat-scale.ts';
import type { CellBox, HeatMapScene } from '../layout/heat-map.ts';
import type { Theme } from '../stage-colours.ts';
import { paintDiamond, paintStar } from './choice-marks.ts';
import { fitText } from './fit-text.ts';

export interface HeatMapOptions {
  theme: Theme;
  font: string;
  /** null: no cell has a figure yet. */
  scale: HeatScale | null;
  /** A figure as it stands in its cell, where there is room. */
  format: (value: number) => string;
  /** Cells with a mark: the best one, and what the document is now. */
  best: { column: number; row: number } | null;
  present: { column: number; row: number } | null;
}

/** A narrower cell has no room for both marks. */
const bothPx = 28;
/** Room that a figure needs in its cell. */
const figurePx = { width: 46, height: 17 };

/** Paints the cells, their figures where they fit, the axes and the marks. */
export function paintHeatMap(
  context: CanvasRenderingContext2D,
  scene: HeatMapScene,
  options: HeatMapOptions,
): void {
  const colours = chartColours(options.theme);
  context.save();
  context.fillStyle = colours.background;
  context.fillRect(0, 0, scene.widthPx, scene.heightPx);
  context.font = options.font;
  scene.rows.forEach((_, row) => {
    scene.columns.forEach((__, column) => paintCell(context, scene, column, row, options, colours));
  });
  paintAxes(context, scene, colours);
  const { best, present } = options;
  if (present) {
    const box = scene.box(present.column, present.row);
    paintFrame(context, box, colours);
    const { x, y } = markAt(box);
    const isCovered = best !== null && isSame(present, best) && box.widthPx < bothPx;
    if (!isCovered) paintDiamond(context, x, y, 5, colours);
  }
  if (best) {
    const box = scene.box(best.column, best.row);
    paintFrame(context, box, colours);
    const { x, y } = markAt(box);
    // Beside the diamond where both are one cell.
    paintStar(
      context,
      x + (isSame(present, best) && box.widthPx >= bothPx ? 12 : 0),
      y,
      6,
      colours,
    );
  }
  context.restore();
}

function paintCell(
  context: CanvasRenderingContext2D,
  scene: HeatMapScene,
  column: number,
  row: number,
  { scale, format, best, present }: HeatMapOptions,
  colours: ChartColours,
): void {
  const box = scene.box(column, row);
  const value = scene.values[row * scene.columns.length + column]!;
  const isFigure = scale !== null && Number.isFinite(value);
  const fill = isFigure ? scale.colourOf(value) : colours.lane;
  context.fillStyle = fill;
  // On whole pixels: the ground must not shine through between cells that touch.
  const [left, top] = [Math.round(box.leftPx), Math.round(box.topPx)];
  const [right, bottom] = [
    Math.round(box.leftPx + box.widthPx),
    Math.round(box.topPx + box.heightPx),
  ];
  context.fillRect(left, top, right - left, bottom - top);
  if (!isFigure) {
    if (value === Infinity) paintCross(context, box, colours);
    return;
  }
  if (box.widthPx < figurePx.width || box.heightPx < figurePx.height) return;
  const at = { column, row };
  // A marked cell has its mark at the left.
  const markPx = (isSame(best, at) || isSame(present, at)) && box.widthPx < 76 ? 14 : 0;
  context.fillStyle = textOn(fill);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const text = fitText(context, format(value), box.widthPx - markPx - 2);
  context.fillText(text, box.leftPx + (box.widthPx + markPx) / 2, box.topPx + box.heightPx / 2);
}

const isSame = (
  a: { column: number; row: number } | null,
  b: { column: number; row: number },
): boolean => a?.column === b.column && a.row === b.row;

/** It could not be simulated. */
function paintCross(
  context: CanvasRenderingContext2D,
  box: CellBox,
  { faintText }: ChartColours,
): void {
  const { x, y } = middle(box);
  const reach = Math.max(2, Math.min(5, box.widthPx / 2 - 1, box.heightPx / 2 - 1));
  context.strokeStyle = faintText;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x - reach, y - reach);
  context.lineTo(x + reach, y + reach);
  context.moveTo(x - reach, y + reach);
  context.lineTo(x + reach, y - reach);
  context.stroke();
}

const middle = (box: CellBox): { x: number; y: number } => ({
  x: box.leftPx + box.widthPx / 2,
  y: box.topPx + box.heightPx / 2,
});

/** Of a wide cell the left side, where no figure stands. */
const markAt = (box: CellBox): { x: number; y: number } => ({
  x: box.widthPx >= 40 ? box.leftPx + 10 : box.leftPx + box.widthPx / 2,
  y: box.topPx + box.heightPx / 2,
});

/** A frame in ink and in ground, so that it is seen on every colour. */
function paintFrame(context: CanvasRenderingContext2D, box: CellBox, colours: ChartColours): void {
  context.setLineDash([]);
  context.lineWidth = 3.5;
  context.strokeStyle = colours.background;
  context.strokeRect(box.leftPx + 0.5, box.topPx + 0.5, box.widthPx - 1, box.heightPx - 1);
  context.lineWidth = 1.5;
  context.strokeStyle = colours.text;
  context.strokeRect(box.leftPx + 0.5, box.topPx + 0.5, box.widthPx - 1, box.heightPx - 1);
}

function paintAxes(
  context: CanvasRenderingContext2D,
  scene: HeatMapScene,
  colours: ChartColours,
): void {
  const { plot } = scene;
  const bottomPx = plot.topPx + plot.heightPx;
  context.fillStyle = colours.faintText;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  for (const { px, label } of scene.xTicks) context.fillText(label, px, bottomPx + 5);
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const roomPx = plot.leftPx - 20;
  for (const { px, label } of scene.yTicks)
    context.fillText(fitText(context, label, roomPx), plot.leftPx - 6, px);
  context.fillStyle = colours.text;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillText(scene.xLabel, plot.leftPx, bottomPx + 21);
  context.fillText(fitText(context, scene.yLabel, scene.widthPx), 0, 2);
}
