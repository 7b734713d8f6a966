import { chartColours } from '../colours.ts';
import { stageColour, type Theme } from '../stage-colours.ts';
import { escapeXml, px } from './escape.ts';

/** A stage or the source of a pipeline's graph, where it stands, CSS pixels. */
export interface GraphBox {
  id: string;
  x: number;
  y: number;
  widthPx: number;
  heightPx: number;
  title: string;
  /** What it does, in a few words. */
  detail: string;
  /** Place in the palette; null: the source. */
  stage: number | null;
}

export interface GraphArrow {
  from: string;
  to: string;
}

const marginPx = 8;
/** The share of a font's size that a letter is wide on average. */
const letterWidth = 0.56;

/** A pipeline's graph as SVG text, made without a DOM. @param vertical items flow from the top down. */
export function graphSvg(
  boxes: readonly GraphBox[],
  arrows: readonly GraphArrow[],
  { theme, label, vertical }: { theme: Theme; label: string; vertical: boolean },
): string {
  const colours = chartColours(theme);
  const left = Math.min(...boxes.map(({ x }) => x)) - marginPx;
  const top = Math.min(...boxes.map(({ y }) => y)) - marginPx;
  const widthPx = Math.max(...boxes.map((box) => box.x + box.widthPx)) + marginPx - left;
  const heightPx = Math.max(...boxes.map((box) => box.y + box.heightPx)) + marginPx - top;
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const parts = [
    `<rect x="${px(left)}" y="${px(top)}" width="${px(widthPx)}" height="${px(heightPx)}" fill="${colours.background}"/>`,
  ];
  for (const { from, to } of arrows) {
    const [a, b] = [byId.get(from), byId.get(to)];
    if (a && b) parts.push(arrowSvg(a, b, vertical, colours.axis));
  }
  for (const box of boxes) parts.push(boxSvg(box, theme));
  const size = `viewBox="${px(left)} ${px(top)} ${px(widthPx)} ${px(heightPx)}" width="${px(widthPx)}" height="${px(heightPx)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escapeXml(label)}" font-family="system-ui, sans-serif" font-size="12">${parts.join('')}</svg>`;
}

function arrowSvg(a: GraphBox, b: GraphBox, vertical: boolean, colour: string): string {
  const [x1, y1, x2, y2] = vertical
    ? [a.x + a.widthPx / 2, a.y + a.heightPx, b.x + b.widthPx / 2, b.y - 5]
    : [a.x + a.widthPx, a.y + a.heightPx / 2, b.x - 5, b.y + b.heightPx / 2];
  const bend = (vertical ? y2 - y1 : x2 - x1) / 2;
  const curve = vertical
    ? `C${px(x1)} ${px(y1 + bend)} ${px(x2)} ${px(y2 - bend)} ${px(x2)} ${px(y2)}`
    : `C${px(x1 + bend)} ${px(y1)} ${px(x2 - bend)} ${px(y2)} ${px(x2)} ${px(y2)}`;
  const head = vertical ? 'l-4 0l4 5l4 -5Z' : 'l0 -4l5 4l-5 4Z';
  return `<path d="M${px(x1)} ${px(y1)}${curve}" fill="none" stroke="${colour}" stroke-width="1.5"/><path d="M${px(x2)} ${px(y2)}${head}" fill="${colour}"/>`;
}

function boxSvg(box: GraphBox, theme: Theme): string {
  const colours = chartColours(theme);
  const { x, y, widthPx, heightPx, stage } = box;
  const band =
    stage === null
      ? ''
      : `<rect x="${px(x)}" y="${px(y)}" width="5" height="${px(heightPx)}" fill="${stageColour(stage, theme)}"/>`;
  const middle = y + heightPx / 2;
  const title = cut(box.title, widthPx - 24, 12);
  const detail = cut(box.detail, widthPx - 24, 11);
  return [
    `<rect x="${px(x)}" y="${px(y)}" width="${px(widthPx)}" height="${px(heightPx)}" fill="${colours.lane}" stroke="${colours.axis}"/>`,
    band,
    `<text x="${px(x + 14)}" y="${px(middle - 3)}" fill="${colours.text}" font-weight="600">${escapeXml(title)}</text>`,
    `<text x="${px(x + 14)}" y="${px(middle + 13)}" fill="${colours.faintText}" font-size="11">${escapeXml(detail)}</text>`,
  ].join('');
}

function cut(text: string, roomPx: number, fontPx: number): string {
  const letters = [...text];
  const most = Math.max(1, Math.floor(roomPx / (letterWidth * fontPx)));
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}
