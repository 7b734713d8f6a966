import { scaleLog } from 'd3';
import { formatSpeedup, type Speedup } from '../../measure/speedup.ts';
import { chartColours } from '../colours.ts';
import type { Theme } from '../stage-colours.ts';
import { escapeXml, px } from './escape.ts';

export interface StripOptions {
  widthPx: number;
  theme: Theme;
  /** What is compared, for the caption and screen readers. */
  label: string;
}

const heightPx = 84;
const marginPx = 16;
const dotsBottomPx = 40;
const axisPx = 62;
/** "1.25×" and some air. */
const labelPx = 40;

/**
 * The paired ratios as a strip of dots on a logarithmic scale (2× and ½× lie equally far from 1×), with
 * the interval as a bar and its median as a line. SVG text, made without a DOM.
 */
export function speedupStrip(
  ratios: readonly number[],
  speedup: Speedup | null,
  { widthPx, theme, label }: StripOptions,
): string {
  const colours = chartColours(theme);
  const finite = [...ratios, speedup?.low ?? 1, speedup?.high ?? 1, 1].filter(
    (value) => Number.isFinite(value) && value > 0,
  );
  const low = Math.min(...finite) / 1.05;
  const high = Math.max(...finite) * 1.05;
  const x = scaleLog([low, high], [marginPx, widthPx - marginPx]);
  const parts: string[] = [];
  const one = px(x(1));
  parts.push(
    `<line x1="${one}" x2="${one}" y1="4" y2="${axisPx}" stroke="${colours.axis}" stroke-dasharray="3 3"/>`,
  );
  if (speedup && speedup.low > 0 && Number.isFinite(speedup.high)) {
    const from = x(speedup.low);
    const width = Math.max(1, x(speedup.high) - from);
    parts.push(
      `<rect x="${px(from)}" y="${dotsBottomPx + 6}" width="${px(width)}" height="8" rx="2" fill="${colours.focus}" fill-opacity="0.35"/>`,
      `<rect x="${px(x(speedup.ratio) - 1)}" y="${dotsBottomPx + 3}" width="2" height="14" fill="${colours.focus}"/>`,
    );
  }
  for (const [place, ratio] of ratios.entries()) {
    if (!(ratio > 0 && Number.isFinite(ratio))) continue;
    // Spread over five rows in the order they came, so that equal ratios stay apart.
    const y = dotsBottomPx - (place % 5) * 7 - 3;
    parts.push(
      `<circle cx="${px(x(ratio))}" cy="${y}" r="3" fill="${colours.text}" fill-opacity="0.55"/>`,
    );
  }
  parts.push(
    `<line x1="${marginPx}" x2="${widthPx - marginPx}" y1="${axisPx}" y2="${axisPx}" stroke="${colours.axis}"/>`,
  );
  // Even steps crowd towards the right of a logarithmic scale: a mark each, a label where there is room; 1× first.
  const labelled: number[] = [];
  for (const value of stripTicks(low, high, widthPx).sort((a, b) => +(b === 1) - +(a === 1))) {
    const at = x(value);
    parts.push(
      `<line x1="${px(at)}" x2="${px(at)}" y1="${axisPx}" y2="${axisPx + 4}" stroke="${colours.axis}"/>`,
    );
    if (labelled.some((other) => Math.abs(at - other) < labelPx)) continue;
    labelled.push(at);
    parts.push(
      `<text x="${px(at)}" y="${axisPx + 16}" text-anchor="middle" fill="${colours.faintText}">${value}×</text>`,
    );
  }
  const verdict = speedup
    ? `${speedup.verdict}, ${formatSpeedup(speedup)}, ${speedup.pairs} pairs`
    : `${ratios.length} pairs so far, too early for an interval`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(widthPx)} ${heightPx}" width="${px(widthPx)}" height="${heightPx}" role="img" aria-label="${escapeXml(`${label}: ${verdict}`)}" font-size="11" font-family="system-ui, sans-serif" style="font-variant-numeric: tabular-nums">${parts.join('')}</svg>`;
}

/** Round ratios, as finely as there is room: at most one label each 56 px. */
function stripTicks(low: number, high: number, widthPx: number): number[] {
  const most = Math.max(2, Math.floor(widthPx / 56));
  for (const step of [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10]) {
    const first = Math.ceil(low / step);
    const last = Math.floor(high / step);
    if (last - first + 1 > most) continue;
    const ticks: number[] = [];
    for (let i = first; i <= last; i++) if (i > 0) ticks.push(Number((i * step).toFixed(2)));
    if (!ticks.includes(1) && low < 1 && high > 1) ticks.push(1);
    return ticks;
  }
  return [1];
}
