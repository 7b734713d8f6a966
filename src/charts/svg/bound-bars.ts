import { scaleLinear } from 'd3';
import { formatMs } from '../../base/units.ts';
import type { BoundTerm } from '../../measure/bound.ts';
import { chartColours } from '../colours.ts';
import type { Theme } from '../stage-colours.ts';
import { escapeXml, px } from './escape.ts';

export interface BoundBarsOptions {
  widthPx: number;
  theme: Theme;
  /** Each term as it is called here, by `BoundTerm.by`. */
  nameOf: (by: string) => string;
  makespanMs: number;
  /** What the run is called: "this run". */
  run: string;
}

/** Nobody compares more by eye; the list has them all. */
const barsMost = 7;
const rowPx = 20;
const barPx = 12;
const letterPx = 6.3;
const valuePx = 64;
/** Between a figure and what it stands beside. */
const gapPx = 6;

/**
 * A bar for each lower bound of the makespan, the largest first, and a line at what the run took: the gap
 * between the longest bar and the line is what a better schedule could gain. SVG text, made without a DOM.
 */
export function boundBars(
  terms: readonly BoundTerm[],
  { widthPx, theme, nameOf, makespanMs, run }: BoundBarsOptions,
): string {
  const colours = chartColours(theme);
  const shown = terms.slice(0, barsMost);
  const names = shown.map(({ by }) => nameOf(by));
  const longest = Math.max(0, ...names.map((name) => name.length)) * letterPx;
  const left = Math.min(longest + 10, widthPx * 0.42);
  // What was made as wide as the longest name holds it: 13 letters over a width may come to 12.999.
  const lettersMost = Math.floor((left - 10) / letterPx + 1e-6);
  const longestMs = Math.max(makespanMs, shown[0]?.valueMs ?? 0, Number.MIN_VALUE);
  const x = scaleLinear([0, longestMs], [left, Math.max(left + 20, widthPx - valuePx)]);
  const heightPx = shown.length * rowPx + 18;
  const end = x(makespanMs);
  const parts = shown.flatMap(({ valueMs }, row) => {
    const middle = row * rowPx + rowPx / 2;
    const name = names[row]!;
    const cut = name.length > lettersMost ? `${name.slice(0, lettersMost - 1)}…` : name;
    const fill = row === 0 ? colours.focus : colours.axis;
    const figure = formatMs(valueMs);
    const besideBar = Math.max(x(valueMs), left) + gapPx;
    // Beyond the line where that would strike it through.
    const isStruck = besideBar < end + gapPx && besideBar + figure.length * letterPx > end - gapPx;
    const figurePx = isStruck ? end + gapPx : besideBar;
    return [
      `<text x="${px(left - 8)}" y="${px(middle)}" text-anchor="end" dominant-baseline="central" fill="${colours.text}">${escapeXml(cut)}</text>`,
      `<rect x="${px(left)}" y="${px(middle - barPx / 2)}" width="${px(Math.max(1, x(valueMs) - left))}" height="${barPx}" fill="${fill}"/>`,
      `<text x="${px(figurePx)}" y="${px(middle)}" dominant-baseline="central" fill="${colours.faintText}">${escapeXml(figure)}</text>`,
    ];
  });
  const bottom = shown.length * rowPx;
  parts.unshift(
    `<line x1="${px(end)}" x2="${px(end)}" y1="0" y2="${px(bottom)}" stroke="${colours.text}" stroke-width="1.5" stroke-dasharray="4 2"/>`,
  );
  parts.push(
    `<text x="${px(end)}" y="${px(bottom + 12)}" text-anchor="${end > widthPx - 90 ? 'end' : 'middle'}" fill="${colours.text}">${escapeXml(`${run} ${formatMs(makespanMs)}`)}</text>`,
  );
  const said = shown.map(({ valueMs }, row) => `${names[row]!} ${formatMs(valueMs)}`).join(', ');
  const label = `Lower bounds against ${run}, ${formatMs(makespanMs)}: ${said}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(widthPx)} ${heightPx}" width="${px(widthPx)}" height="${heightPx}" role="img" aria-label="${escapeXml(label)}" font-size="11" font-family="system-ui, sans-serif" style="font-variant-numeric: tabular-nums">${parts.join('')}</svg>`;
}
