import type { TimeAxis } from './time-axis.ts';

/** Equally high bands one below the other, CSS px. Where they do not fit they scroll. */
export interface BandStack {
  bandPx: number;
  contentHeightPx: number;
  /** The bands that can be seen: [first, end). */
  first: number;
  end: number;
  topPx(band: number): number;
}

/** A stack of bands on the shared time axis. */
export interface BandScene extends BandStack {
  axis: TimeAxis;
  heightPx: number;
}

/** Below this a band has no room for its name. */
export const leastBandPx = 22;
const gapPx = 4;

/** What so many bands take at the least. */
export const leastStackPx = (bands: number): number => bands * (leastBandPx + gapPx);

export function stackBands(count: number, heightPx: number, scrollPx: number): BandStack {
  const bandPx = Math.max(leastBandPx, heightPx / Math.max(1, count) - gapPx);
  const pitchPx = bandPx + gapPx;
  const contentHeightPx = count * pitchPx;
  const top = Math.max(0, Math.min(scrollPx, contentHeightPx - heightPx));
  return {
    bandPx,
    contentHeightPx,
    first: Math.min(count, Math.floor(top / pitchPx)),
    end: Math.min(count, Math.ceil((top + heightPx) / pitchPx)),
    topPx: (band) => band * pitchPx - top,
  };
}
