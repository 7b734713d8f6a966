import { chartColours } from '../colours.ts';
import type { Theme } from '../stage-colours.ts';
import { BoxKind, BoxList } from '../layout/box-list.ts';
import { paintBoxes } from './paint-schedule.ts';

/** What the legend of a schedule can show, with the words for it. */
export const swatchWords = {
  busy: 'busy',
  waiting: 'waiting inside the task',
  setup: 'set-up',
  blocked: 'blocked: no room downstream',
  hit: 'cache hit',
  failed: 'failed',
  retried: 'failed, tried again',
  timedOut: 'timed out',
  cancelled: 'cancelled',
  lost: 'worker lost',
  dropped: 'dropped',
  predicted: 'predicted',
} as const;
export type SwatchKind = keyof typeof swatchWords;

const boxes = new BoxList();

/** One of them as the chart draws it, in a colour that is no stage’s. */
export function paintScheduleSwatch(
  context: CanvasRenderingContext2D,
  kind: SwatchKind,
  widthPx: number,
  heightPx: number,
  theme: Theme,
): void {
  boxes.clear();
  const boxKind = kind === 'waiting' ? BoxKind.busy : BoxKind[kind];
  const isMark = boxKind >= BoxKind.hit && boxKind <= BoxKind.dropped;
  const [x, width] = isMark ? [Math.round(widthPx / 2), 1] : [0, widthPx];
  boxes.add(boxKind, 0, 0, x, 0, width, heightPx, kind === 'waiting' ? 0 : 1, 1);
  paintBoxes(context, boxes, theme, chartColours(theme).faintText);
}
