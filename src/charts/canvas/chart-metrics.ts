/** What the schedule and the levels must agree on, CSS pixels, so that their times line up. */
export const axisHeightPx = 20;
export const chartFont = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** Room for the names at the left; less on a phone. */
export function labelWidthPx(chartWidthPx: number): number {
  return chartWidthPx < 520 ? 92 : 112;
}
