/**
 * Times of a Chrome trace are µs in floating point, and its readers go on with them each in its own way: one adds start
 * and length, another cuts both to whole ns. In eighths of a µs all of them find the same end, exact in binary and in
 * ns, so that no span seems to reach into the next. Browsers' clocks are coarser.
 */
const ticksAUs = 8;

/** @returns a whole number of ticks */
export const ticksOf = (ms: number): number => Math.round(ms * 1000 * ticksAUs);
export const usOf = (ticks: number): number => ticks / ticksAUs;
