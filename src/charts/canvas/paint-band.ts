import { chartColours, type ChartColours } from '../colours.ts';
import type { Theme } from '../stage-colours.ts';
import type { BandScene } from '../layout/band-stack.ts';
import { timeTicks, timeToPx } from '../layout/time-axis.ts';
import { fitText } from './fit-text.ts';

export interface BandOptions {
  theme: Theme;
  /** CSS font of names and figures, about 11 px. */
  font: string;
}

/**
 * The ground of a scene of bands, the lines of time on it, and by the hands given: what lies behind those
 * lines, and the band itself. Same context conventions as `paintSchedule`.
 */
export function paintBands<Band extends { topPx: number; heightPx: number }>(
  context: CanvasRenderingContext2D,
  scene: BandScene & { bands: readonly Band[] },
  { theme, font }: BandOptions,
  hands: {
    behind?: (band: Band, colours: ChartColours) => void;
    band: (band: Band, colours: ChartColours) => void;
  },
): void {
  const { axis } = scene;
  const colours = chartColours(theme);
  const ticks = timeTicks(axis);
  context.save();
  context.fillStyle = colours.background;
  context.fillRect(0, 0, axis.leftPx + axis.widthPx, scene.heightPx);
  context.font = font;
  for (const band of scene.bands) {
    context.fillStyle = colours.lane;
    context.fillRect(axis.leftPx, band.topPx, axis.widthPx, band.heightPx);
    hands.behind?.(band, colours);
    context.fillStyle = colours.grid;
    for (const tick of ticks) context.fillRect(Math.round(tick.px), band.topPx, 1, band.heightPx);
    hands.band(band, colours);
  }
  context.restore();
}

/** The name at the left and, below it where there is room, the first of the notes that fits. */
export function paintBandName(
  context: CanvasRenderingContext2D,
  band: { topPx: number; heightPx: number },
  { name, notes }: { name: string; notes: readonly string[] },
  leftPx: number,
  colours: ChartColours,
): void {
  const middle = band.topPx + band.heightPx / 2;
  const room = leftPx - 12;
  const withNote = band.heightPx >= 26;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillStyle = colours.text;
  // A long name is cut, as over the lanes; of figures nothing may be missing.
  context.fillText(fitText(context, name, room), leftPx - 6, middle - (withNote ? 7 : 0), room);
  if (withNote) {
    const note = notes.find((one) => context.measureText(one).width <= room) ?? notes.at(-1)!;
    context.fillStyle = colours.faintText;
    context.fillText(note, leftPx - 6, middle + 7, room);
  }
  context.textAlign = 'left';
}

export interface BandCursor {
  ms: number;
  /** What each band shows at that instant, beside the line; "": nothing. By band that can be seen. */
  readouts: readonly string[];
}

/** Painted on a sheet of its own above the bands: while a run is replayed it alone changes each frame. */
export function paintBandCursor(
  context: CanvasRenderingContext2D,
  scene: BandScene,
  { ms, readouts }: BandCursor,
  { theme, font }: BandOptions,
): void {
  const { axis, bandPx } = scene;
  const x = Math.round(timeToPx(axis, ms));
  const rightPx = axis.leftPx + axis.widthPx;
  if (x < axis.leftPx - 1 || x > rightPx + 1) return;
  const colours = chartColours(theme);
  context.save();
  context.font = font;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = colours.cursor;
  context.fillRect(x, 0, 1, scene.heightPx);
  const heightPx = 16;
  readouts.forEach((readout, place) => {
    if (readout === '') return;
    const widthPx = context.measureText(readout).width + 10;
    // Beside the line, on whichever side there is room.
    const isLeft = x + 5 + widthPx > rightPx;
    const left = isLeft ? Math.max(axis.leftPx, x - 5 - widthPx) : x + 6;
    const top = scene.topPx(scene.first + place) + (bandPx - heightPx) / 2;
    context.globalAlpha = 0.88;
    context.fillStyle = colours.background;
    context.fillRect(left, top, widthPx, heightPx);
    context.globalAlpha = 1;
    context.strokeStyle = colours.axis;
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, top + 0.5, widthPx - 1, heightPx - 1);
    context.fillStyle = colours.text;
    context.fillText(readout, left + 5, top + heightPx / 2 + 0.5);
  });
  context.restore();
}
