import { line } from 'd3';
import { chartColours } from '../colours.ts';
import { stageColour, type Theme } from '../stage-colours.ts';
import type { LineScene } from '../layout/line-chart.ts';
import { escapeXml, px } from './escape.ts';

/** How a line looks: colour and dash both tell lines apart, so colour alone never has to. */
export interface LineLook {
  /** A place in the palette; 'ink': what the others are measured against. */
  colour: number | 'ink';
  /** SVG dash pattern; absent: solid. */
  dash?: string;
  widthPx?: number;
}

export const lineColour = ({ colour }: LineLook, theme: Theme): string =>
  colour === 'ink' ? chartColours(theme).text : stageColour(colour, theme);

export interface LinesSvgOptions {
  theme: Theme;
  label: string;
  /** One a line of the scene. */
  looks: readonly LineLook[];
  /** x of the cursor; null: none. */
  cursorX?: number | null;
}

/** Lines with their axes as SVG text, made without a DOM. */
export function linesSvg(scene: LineScene, options: LinesSvgOptions): string {
  const { plot, widthPx, heightPx } = scene;
  const { theme, label, looks, cursorX = null } = options;
  const colours = chartColours(theme);
  const parts = [
    `<rect width="${px(widthPx)}" height="${px(heightPx)}" fill="${colours.background}"/>`,
  ];
  for (const tick of scene.yTicks) {
    parts.push(
      `<line x1="${px(plot.leftPx)}" x2="${px(plot.rightPx)}" y1="${px(tick.px)}" y2="${px(tick.px)}" stroke="${colours.grid}"/>`,
      `<text x="${px(plot.leftPx - 6)}" y="${px(tick.px)}" text-anchor="end" dominant-baseline="central" fill="${colours.faintText}">${escapeXml(tick.label)}</text>`,
    );
  }
  for (const tick of scene.xTicks) {
    parts.push(
      `<line x1="${px(tick.px)}" x2="${px(tick.px)}" y1="${px(plot.bottomPx)}" y2="${px(plot.bottomPx + 4)}" stroke="${colours.axis}"/>`,
      `<text x="${px(tick.px)}" y="${px(plot.bottomPx + 16)}" text-anchor="middle" fill="${colours.faintText}">${escapeXml(tick.label)}</text>`,
    );
  }
  parts.push(
    `<line x1="${px(plot.leftPx)}" x2="${px(plot.rightPx)}" y1="${px(plot.bottomPx)}" y2="${px(plot.bottomPx)}" stroke="${colours.axis}"/>`,
    `<text x="${px((plot.leftPx + plot.rightPx) / 2)}" y="${px(heightPx - 5)}" text-anchor="middle" fill="${colours.faintText}">${escapeXml(scene.xLabel)}</text>`,
  );
  const path = line().digits(2);
  scene.lines.forEach(({ parts: pieces }, index) => {
    const look = looks[index] ?? { colour: index };
    const stroke = lineColour(look, theme);
    const width = look.widthPx ?? 1.8;
    for (const piece of pieces) {
      const [first] = piece;
      if (piece.length === 1 && first)
        parts.push(`<circle cx="${px(first[0])}" cy="${px(first[1])}" r="2.5" fill="${stroke}"/>`);
      else
        parts.push(
          `<path d="${path(piece) ?? ''}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linejoin="round"${look.dash ? ` stroke-dasharray="${look.dash}"` : ''}/>`,
        );
    }
  });
  if (cursorX !== null) {
    const at = px(scene.xPx(cursorX));
    parts.push(
      `<line x1="${at}" x2="${at}" y1="${px(plot.topPx)}" y2="${px(plot.bottomPx)}" stroke="${colours.cursor}"/>`,
    );
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(widthPx)} ${px(heightPx)}" width="${px(widthPx)}" height="${px(heightPx)}" role="img" aria-label="${escapeXml(label)}" font-size="11" font-family="system-ui, sans-serif" style="font-variant-numeric: tabular-nums">${parts.join('')}</svg>`;
}
