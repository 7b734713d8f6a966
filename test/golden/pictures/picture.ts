import { SvgContext } from '../../../src/charts/svg/svg-context.ts';
import type { Theme } from '../../../src/charts/stage-colours.ts';

/** One small golden picture: a chart as it is painted on the page, or as SVG text where it is that. */
export interface Picture {
  widthPx: number;
  heightPx: number;
  /** What to see in it, in a sentence. */
  shows: string;
  paint: (context: CanvasRenderingContext2D, theme: Theme) => void;
}
export interface SvgPicture {
  shows: string;
  svg: (theme: Theme) => string;
}
export type Case = () => Picture | SvgPicture;

export const pictureFont = '11px sans-serif';

/** The picture as SVG text, the same on every machine. */
export function pictureSvg(picture: Picture | SvgPicture, theme: Theme): string {
  if ('svg' in picture) return `${picture.svg(theme).trimEnd()}\n`;
  const context = new SvgContext();
  picture.paint(context.asCanvas, theme);
  return `${context.toString(picture.widthPx, picture.heightPx, picture.shows)}\n`;
}
