import { formatBytes, formatCount } from '../../base/units.ts';
import { chartColours, paleColour, type ChartColours } from '../colours.ts';
import { stageColour, type Theme } from '../stage-colours.ts';
import type { LevelBand, LevelScene } from '../layout/levels.ts';
import type { PressureMarkKind } from '../layout/pressure-marks.ts';
import { paintBandName, paintBands, type BandOptions } from './paint-band.ts';
import { paintPressureMark } from './pressure-marks.ts';

/** The water's surface, so that a level is read exactly. */
const surfacePx = 2;
/** The foot of a band while it holds back what is upstream. */
const footPx = 3;

/** Paints queue ponds and memory over time; same context conventions as `paintSchedule`. */
export function paintLevels(
  context: CanvasRenderingContext2D,
  scene: LevelScene,
  options: BandOptions,
): void {
  const { axis } = scene;
  paintBands(context, scene, options, {
    behind(band, colours) {
      context.fillStyle = colours.throttled;
      for (const [from, to] of band.throttledPx)
        context.fillRect(from, band.topPx, Math.max(1, to - from), band.heightPx);
    },
    band(band, colours) {
      const { stage, label } = band.track;
      const fill = stage < 0 ? colours.faintText : stageColour(stage, options.theme);
      paintPond(context, band, axis.leftPx, fill, options.theme);
      // A full pond hides the shade behind it: its foot is marked as well.
      context.fillStyle = colours.warning;
      for (const [from, to] of band.throttledPx) {
        const topPx = band.topPx + band.heightPx - footPx;
        context.fillRect(from, topPx, Math.max(1, to - from), footPx);
      }
      paintLimits(context, band, axis.leftPx, axis.widthPx, colours);
      for (const mark of band.marks) paintPressureMark(context, mark, band.topPx, colours);
      paintBandName(context, band, { name: label, notes: highest(band) }, axis.leftPx, colours);
    },
  });
}

/**
 * Certain water (the least level of the pixel) with a surface, what came and went within the pixel paler:
 * a band of one solid colour would outshout the schedule above it.
 */
function paintPond(
  context: CanvasRenderingContext2D,
  band: LevelBand,
  leftPx: number,
  colour: string,
  theme: Theme,
): void {
  const floor = band.topPx + band.heightPx;
  const { min, max } = band.buckets;
  const heightOf = (level: number) => (band.heightPx * Math.max(0, level)) / band.topValue;
  for (const [levels, share] of [
    [max, 0.25],
    [min, 0.45],
  ] as const) {
    context.fillStyle = paleColour(colour, theme, share);
    eachRun(levels, (from, to, level) => {
      const height = heightOf(level);
      if (height > 0) context.fillRect(leftPx + from, floor - height, to - from, height);
    });
  }
  context.fillStyle = colour;
  eachRun(max, (from, to, level) => {
    const height = heightOf(level);
    if (height > 0) context.fillRect(leftPx + from, floor - height, to - from, surfacePx);
  });
}

/** Calls back with each stretch of equal neighbours: they are one rectangle. */
function eachRun(
  levels: ArrayLike<number>,
  each: (from: number, to: number, level: number) => void,
): void {
  for (let from = 0; from < levels.length;) {
    let to = from + 1;
    while (to < levels.length && levels[to] === levels[from]) to++;
    each(from, to, levels[from]!);
    from = to;
  }
}

/** Dashed: full, or where the source pauses. Solid: the budget. Memory's have their names on them. */
function paintLimits(
  context: CanvasRenderingContext2D,
  band: LevelBand,
  leftPx: number,
  widthPx: number,
  colours: ChartColours,
): void {
  const { track, capacityPx, budgetPx } = band;
  const line = (atPx: number, dash: number[]): void => {
    const y = Math.max(band.topPx + 0.5, Math.round(atPx) + 0.5);
    context.strokeStyle = colours.text;
    context.lineWidth = 1;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(leftPx, y);
    context.lineTo(leftPx + widthPx, y);
    context.stroke();
    context.setLineDash([]);
  };
  if (capacityPx !== null) line(capacityPx, [4, 3]);
  if (budgetPx !== null && track.budget !== track.capacity) line(budgetPx, []);
  if (track.unit !== 'bytes' || capacityPx === null || band.heightPx < 36) return;
  const marked = `source pauses above ${formatBytes(track.capacity!)}`;
  const whole = `budget ${formatBytes(track.budget!)}`;
  const isTight = budgetPx !== null && capacityPx - budgetPx < 14;
  context.textAlign = 'right';
  context.textBaseline = 'top';
  const rightPx = leftPx + widthPx - 4;
  const name = (text: string, topPx: number): void => {
    const textPx = context.measureText(text).width;
    context.fillStyle = colours.background;
    context.fillRect(rightPx - textPx - 2, topPx - 1, textPx + 4, 12);
    context.fillStyle = colours.text;
    context.fillText(text, rightPx, topPx);
  };
  name(isTight ? `${marked} (${whole})` : marked, capacityPx + 3);
  if (budgetPx !== null && !isTight) name(whole, budgetPx + 3);
  context.textAlign = 'left';
}

/** "max 8 of 10", "max 8". */
function highest({ track }: LevelBand): string[] {
  const format = track.unit === 'bytes' ? formatBytes : formatCount;
  const of = track.budget ?? track.capacity;
  const max = `max ${format(track.max)}`;
  return of === null ? [max] : [`${max} of ${format(of)}`, max];
}

/** What a legend explains: the dashed line, the shade, the marks. */
export type PressureSign = 'limit' | 'throttled' | PressureMarkKind;

export function paintPressureSwatch(
  context: CanvasRenderingContext2D,
  sign: PressureSign,
  widthPx: number,
  heightPx: number,
  theme: Theme,
): void {
  const colours = chartColours(theme);
  if (sign === 'limit') {
    context.fillStyle = colours.text;
    for (let x = 0; x < widthPx; x += 7) context.fillRect(x, heightPx / 2, 4, 1);
  } else if (sign === 'throttled') {
    // A full pond hides the shade: as it is mostly seen.
    context.fillStyle = paleColour(colours.faintText, theme, 0.45);
    context.fillRect(0, 0, widthPx, heightPx);
    context.fillStyle = colours.faintText;
    context.fillRect(0, 0, widthPx, surfacePx);
    context.fillStyle = colours.warning;
    context.fillRect(0, heightPx - footPx, widthPx, footPx);
  } else {
    paintPressureMark(context, { kind: sign, px: widthPx / 2, count: 1 }, 1, colours);
  }
}
