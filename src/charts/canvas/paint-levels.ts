import { formatBytes, formatCount } from '../../base/units.ts';
import {
  chartColours,
  paleColour,
  stageColour,
  type ChartColours,
  type Theme,
} from '../colours.ts';
import type { LevelBand, LevelScene } from '../layout/levels.ts';
import { levelsAt } from '../layout/levels.ts';
import { timeTicks, timeToPx } from '../layout/time-axis.ts';
import { fitText } from './fit-text.ts';
import type { PaintOptions } from './paint-schedule.ts';
import { paintTrouble } from './trouble-marks.ts';
import { BoxKind } from '../layout/box-list.ts';

/** The water's surface, so that a level is read exactly. */
const surfacePx = 2;

/** Paints queue ponds and memory over time; same context conventions as `paintSchedule`. */
export function paintLevels(
  context: CanvasRenderingContext2D,
  scene: LevelScene,
  options: Pick<PaintOptions, 'theme' | 'font' | 'cursorMs'>,
): void {
  const { axis } = scene;
  const colours = chartColours(options.theme);
  const cursorMs = options.cursorMs ?? null;
  const atCursor = cursorMs === null ? null : levelsAt(scene, cursorMs);
  context.save();
  context.fillStyle = colours.background;
  context.fillRect(0, 0, axis.leftPx + axis.widthPx, scene.heightPx);
  context.font = options.font;
  scene.bands.forEach((band, place) => {
    context.fillStyle = colours.lane;
    context.fillRect(axis.leftPx, band.topPx, axis.widthPx, band.heightPx);
    context.fillStyle = colours.throttled;
    for (const [from, to] of band.throttledPx) {
      context.fillRect(from, band.topPx, Math.max(1, to - from), band.heightPx);
    }
    context.fillStyle = colours.grid;
    for (const tick of timeTicks(axis)) {
      context.fillRect(Math.round(tick.px), band.topPx, 1, band.heightPx);
    }
    const { stage } = band.track;
    const fill = stage < 0 ? colours.faintText : stageColour(stage, options.theme);
    paintPond(context, band, axis.leftPx, fill, options.theme);
    paintLines(context, band, axis.leftPx, axis.widthPx, colours);
    paintNames(context, band, axis.leftPx, colours, atCursor?.[place] ?? null);
  });
  if (cursorMs !== null) {
    context.fillStyle = colours.cursor;
    context.fillRect(Math.round(timeToPx(axis, cursorMs)), 0, 1, scene.heightPx);
  }
  context.restore();
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

function paintLines(
  context: CanvasRenderingContext2D,
  band: LevelBand,
  leftPx: number,
  widthPx: number,
  colours: ChartColours,
): void {
  if (band.capacityPx !== null) {
    context.strokeStyle = colours.text;
    context.lineWidth = 1;
    context.setLineDash([4, 3]);
    context.beginPath();
    const y = Math.max(band.topPx + 0.5, Math.round(band.capacityPx) + 0.5);
    context.moveTo(leftPx, y);
    context.lineTo(leftPx + widthPx, y);
    context.stroke();
    context.setLineDash([]);
  }
  for (const px of band.dropsPx) {
    paintTrouble(context, BoxKind.dropped, px, band.topPx, band.heightPx, colours);
  }
}

/** The name and, below it where there is room, the level under the cursor or else the highest. */
function paintNames(
  context: CanvasRenderingContext2D,
  band: LevelBand,
  leftPx: number,
  colours: ChartColours,
  atCursor: number | null,
): void {
  const { track } = band;
  const format = track.unit === 'bytes' ? formatBytes : formatCount;
  const level = atCursor === null ? `max ${format(track.max)}` : format(atCursor);
  const of = track.capacity === null ? level : `${level} of ${format(track.capacity)}`;
  const middle = band.topPx + band.heightPx / 2;
  const room = leftPx - 12;
  // A long name is cut, as over the lanes; of figures nothing may be missing.
  const name = fitText(context, track.label, room);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillStyle = colours.text;
  if (band.heightPx >= 26) {
    context.fillText(name, leftPx - 6, middle - 7, room);
    context.fillStyle = colours.faintText;
    context.fillText(of, leftPx - 6, middle + 7, room);
  } else {
    context.fillText(atCursor === null ? name : of, leftPx - 6, middle, room);
  }
  context.textAlign = 'left';
}
