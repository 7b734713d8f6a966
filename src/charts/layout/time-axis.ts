import { tickIncrement, ticks as niceTicks } from 'd3';

/**
 * The zoomable time axis that all charts of one screen share: which window of time is on the screen
 * and where. Plain data, changed by pure functions, so that undo, links and tests can hold it.
 * Times are ms since the clock started, px are CSS pixels.
 */
export interface TimeAxis {
  /** The visible window. */
  startMs: number;
  endMs: number;
  /** What can be seen at all: 0 … the longest makespan. */
  extentMs: number;
  leftPx: number;
  widthPx: number;
}

export interface TimeTick {
  ms: number;
  px: number;
  label: string;
}

/** A µs across the window: clocks tell no less, and rounding of doubles at 1e6 ms is far below a pixel. */
const smallestWindowMs = 1e-3;
/** A tick label such as "12.5 ms" is about 50 px; half as much again is left free. */
const pxPerTick = 80;

export function fullAxis(extentMs: number, leftPx: number, widthPx: number): TimeAxis {
  const extent = extentMs > 0 ? extentMs : 1;
  return { startMs: 0, endMs: extent, extentMs: extent, leftPx, widthPx };
}

export function timeToPx(axis: TimeAxis, ms: number): number {
  return axis.leftPx + ((ms - axis.startMs) / (axis.endMs - axis.startMs)) * axis.widthPx;
}

export function pxToTime(axis: TimeAxis, px: number): number {
  return axis.startMs + ((px - axis.leftPx) / axis.widthPx) * (axis.endMs - axis.startMs);
}

export function msPerPx(axis: TimeAxis): number {
  return (axis.endMs - axis.startMs) / axis.widthPx;
}

/** Shows [startMs, endMs], kept within the extent and not narrower than can be drawn. */
export function showWindow(axis: TimeAxis, startMs: number, endMs: number): TimeAxis {
  const span = Math.min(axis.extentMs, Math.max(smallestWindowMs, endMs - startMs));
  const start = Math.min(Math.max(0, startMs), axis.extentMs - span);
  return { ...axis, startMs: start, endMs: start + span };
}

/** Zooms by `factor` (> 1: closer) so that what is under `px` stays there. */
export function zoomAt(axis: TimeAxis, px: number, factor: number): TimeAxis {
  const fixedMs = pxToTime(axis, px);
  const span = (axis.endMs - axis.startMs) / factor;
  const share = (px - axis.leftPx) / axis.widthPx;
  return showWindow(axis, fixedMs - share * span, fixedMs + (1 - share) * span);
}

/** Moves the window as if the picture were dragged by `dxPx` to the right. */
export function panBy(axis: TimeAxis, dxPx: number): TimeAxis {
  const shiftMs = -dxPx * msPerPx(axis);
  return showWindow(axis, axis.startMs + shiftMs, axis.endMs + shiftMs);
}

/** A new extent or size, with the window kept where it is (a full view stays full). */
export function resizeAxis(
  axis: TimeAxis,
  extentMs: number,
  leftPx: number,
  widthPx: number,
): TimeAxis {
  const wasFull = axis.startMs === 0 && axis.endMs === axis.extentMs;
  const full = fullAxis(extentMs, leftPx, widthPx);
  return wasFull ? full : showWindow(full, axis.startMs, axis.endMs);
}

/** What more figures than these tell apart is told as the distance from the first tick. */
const figuresMax = 5;

/**
 * Round times at a readable distance; all labels of one axis in one unit, with just enough digits. Where
 * that takes more figures than can be read, the first tick says the time and the others how long after it.
 */
export function timeTicks(axis: TimeAxis): TimeTick[] {
  const count = Math.max(2, Math.floor(axis.widthPx / pxPerTick));
  const { unit, unitMs } = axisUnit(axis.endMs);
  const start = axis.startMs / unitMs;
  const end = axis.endMs / unitMs;
  // d3: a positive increment is the step itself, a negative one is the inverse of the step.
  const increment = tickIncrement(start, end, count);
  const step = increment < 0 ? -1 / increment : increment;
  const digits = digitsOf(step);
  const values = niceTicks(start, end, count);
  const [first = 0] = values;
  const isDeep = first > 0 && Math.floor(end).toString().length + digits > figuresMax;
  const after = axisUnit(end * unitMs - first * unitMs);
  const stepAfter = (step * unitMs) / after.unitMs;
  return values.map((value, index) => ({
    ms: value * unitMs,
    px: timeToPx(axis, value * unitMs),
    label:
      isDeep && index > 0
        ? `+ ${(index * stepAfter).toFixed(digitsOf(stepAfter))} ${after.unit}`
        : value === 0
          ? '0'
          : `${value.toFixed(digits)} ${unit}`,
  }));
}

/** Behind the point, so that steps of this size can be told apart. */
const digitsOf = (step: number): number =>
  Math.min(9, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));

/** The unit in which the end of the axis has a number of one to four digits. */
function axisUnit(endMs: number): { unit: string; unitMs: number } {
  if (endMs < 0.001) return { unit: 'ns', unitMs: 1e-6 };
  if (endMs < 1) return { unit: 'µs', unitMs: 0.001 };
  if (endMs < 10_000) return { unit: 'ms', unitMs: 1 };
  if (endMs < 600_000) return { unit: 's', unitMs: 1000 };
  if (endMs < 36_000_000) return { unit: 'min', unitMs: 60_000 };
  return { unit: 'h', unitMs: 3_600_000 };
}
