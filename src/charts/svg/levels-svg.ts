import { area, curveStepAfter } from 'd3';
import { chartColours, paleColour, stageColour, type Theme } from '../colours.ts';
import type { LevelBand, LevelScene } from '../layout/levels.ts';
import { timeTicks } from '../layout/time-axis.ts';
import { escapeXml, px } from './escape.ts';

const axisPx = 20;

/** Queue ponds and memory over time as SVG text with the time axis, made without a DOM. */
export function levelsSvg(scene: LevelScene, options: { theme: Theme; label: string }): string {
  const { axis, heightPx } = scene;
  const colours = chartColours(options.theme);
  const width = axis.leftPx + axis.widthPx;
  const parts = [
    `<rect width="${px(width)}" height="${px(heightPx + axisPx)}" fill="${colours.background}"/>`,
  ];
  for (const band of scene.bands) parts.push(bandSvg(band, scene, options.theme));
  for (const tick of timeTicks(axis)) {
    parts.push(
      `<line x1="${px(tick.px)}" x2="${px(tick.px)}" y1="0" y2="${px(heightPx)}" stroke="${colours.axis}" stroke-opacity="0.3"/>`,
      `<text x="${px(tick.px)}" y="${px(heightPx + 14)}" text-anchor="middle" fill="${colours.faintText}">${tick.label}</text>`,
    );
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(width)} ${px(heightPx + axisPx)}" width="${px(width)}" height="${px(heightPx + axisPx)}" role="img" aria-label="${escapeXml(options.label)}" font-size="11" font-family="system-ui, sans-serif">${parts.join('')}</svg>`;
}

function bandSvg(band: LevelBand, { axis }: LevelScene, theme: Theme): string {
  const colours = chartColours(theme);
  const { stage, label } = band.track;
  const fill = stage < 0 ? colours.faintText : stageColour(stage, theme);
  const floor = band.topPx + band.heightPx;
  const top = px(band.topPx);
  const height = px(band.heightPx);
  const pond = (levels: Float64Array, colour: string) => {
    const path = area<number>()
      .x((column) => axis.leftPx + (column / levels.length) * axis.widthPx)
      .y0(floor)
      .y1((column) => {
        const level = levels[Math.min(column, levels.length - 1)] ?? 0;
        return floor - (Math.max(0, level) / band.topValue) * band.heightPx;
      })
      .curve(curveStepAfter)
      .digits(2);
    return `<path d="${path(stepColumns(levels)) ?? ''}" fill="${colour}"/>`;
  };
  const parts = [
    `<rect x="${px(axis.leftPx)}" y="${top}" width="${px(axis.widthPx)}" height="${height}" fill="${colours.lane}"/>`,
    ...band.throttledPx.map(
      ([from, to]) =>
        `<rect x="${px(from)}" y="${top}" width="${px(Math.max(1, to - from))}" height="${height}" fill="${colours.throttled}"/>`,
    ),
    pond(band.buckets.max, paleColour(fill, theme, 0.45)),
    pond(band.buckets.min, fill),
    `<text x="${px(axis.leftPx - 6)}" y="${px(floor - band.heightPx / 2)}" text-anchor="end" dominant-baseline="central" fill="${colours.text}">${escapeXml(label)}</text>`,
    ...band.dropsPx.map(
      (at) =>
        `<text x="${px(at)}" y="${px(band.topPx + 8)}" text-anchor="middle" fill="${colours.drop}">▼</text>`,
    ),
  ];
  if (band.capacityPx !== null) {
    parts.push(
      `<line x1="${px(axis.leftPx)}" x2="${px(axis.leftPx + axis.widthPx)}" y1="${px(band.capacityPx)}" y2="${px(band.capacityPx)}" stroke="${colours.text}" stroke-dasharray="4 3"/>`,
    );
  }
  return parts.join('');
}

/** The columns at which the level changes, and the right edge: all that a step curve needs. */
function stepColumns(levels: Float64Array): number[] {
  const columns: number[] = [];
  for (let column = 0; column < levels.length; column++) {
    if (column === 0 || levels[column] !== levels[column - 1]) columns.push(column);
  }
  columns.push(levels.length);
  return columns;
}
