/** Where the marks of a chart go, in CSS pixels; the words of its axes stand around it. */
export interface Plot {
  leftPx: number;
  rightPx: number;
  topPx: number;
  bottomPx: number;
}

export interface AxisTick {
  px: number;
  label: string;
}
