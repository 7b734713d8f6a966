import { itemLabel } from '../../trace/item-label.ts';
import { chartColours, paleColour, textOn } from '../colours.ts';
import { stageColour, type Theme } from '../stage-colours.ts';
import { BoxKind, type BoxList } from '../layout/box-list.ts';
import type { SchedulePick } from '../layout/schedule-pick.ts';
import type { ScheduleScene } from '../layout/schedule.ts';
import { timeTicks, timeToPx } from '../layout/time-axis.ts';
import { fitText } from './fit-text.ts';
import { paintHatch } from './hatch.ts';
import { paintLinks } from './paint-links.ts';
import { paintTrouble } from './trouble-marks.ts';

export interface PaintOptions {
  theme: Theme;
  /** The font of the page, e.g. "11px Inter"; figures should be tabular. */
  font: string;
  /** Where the shared cursor is; null: nowhere. */
  cursorMs?: number | null;
  hovered?: SchedulePick | null;
}

/**
 * Paints a schedule into a 2D context already scaled to CSS pixels (`setTransform(ratio, 0, 0, …)`)
 * and leaves the context's clip and transform as they were. `widthPx` is the whole canvas.
 */
export function paintSchedule(
  context: CanvasRenderingContext2D,
  scene: ScheduleScene,
  options: PaintOptions,
): void {
  const { axis, heightPx } = scene.input;
  const colours = chartColours(options.theme);
  const rightPx = axis.leftPx + axis.widthPx;
  context.save();
  context.fillStyle = colours.background;
  context.fillRect(0, 0, rightPx, heightPx);
  paintGround(context, scene, options);
  context.beginPath();
  context.rect(axis.leftPx, 0, axis.widthPx, heightPx);
  context.clip();
  if (scene.lit) context.globalAlpha = fadedAlpha;
  paintBoxes(context, scene.boxes, options.theme);
  context.globalAlpha = 1;
  if (scene.lit) {
    paintBoxes(context, scene.lit.boxes, options.theme);
    paintLinks(context, scene.lit.links, colours);
  }
  paintLabels(context, scene, scene.lit?.boxes ?? scene.boxes, options);
  paintPointer(context, scene, options);
  context.restore();
}

/** What follows the pointer, also for a sheet of its own above the schedule: outlines and the cursor. */
export function paintPointer(
  context: CanvasRenderingContext2D,
  scene: ScheduleScene,
  options: PaintOptions,
): void {
  const { axis, heightPx } = scene.input;
  const colours = chartColours(options.theme);
  if (options.hovered) outlinePick(context, scene, options.hovered, colours.text);
  if (options.cursorMs == null) return;
  const px = Math.round(timeToPx(axis, options.cursorMs));
  if (px < axis.leftPx || px > axis.leftPx + axis.widthPx) return;
  context.fillStyle = colours.cursor;
  context.fillRect(px, 0, 1, heightPx);
}

/** Of what is not lit up: it still tells where it is, and no more. */
const fadedAlpha = 0.16;

/** Lane stripes, grid lines and the names of the lanes. */
function paintGround(
  context: CanvasRenderingContext2D,
  scene: ScheduleScene,
  options: PaintOptions,
): void {
  const { axis, heightPx } = scene.input;
  const colours = chartColours(options.theme);
  context.fillStyle = colours.lane;
  for (const group of scene.groups) {
    context.fillRect(axis.leftPx, group.topPx, axis.widthPx, group.heightPx);
  }
  context.fillStyle = colours.grid;
  for (const tick of timeTicks(axis)) context.fillRect(Math.round(tick.px), 0, 1, heightPx);
  context.fillStyle = colours.faintText;
  context.font = options.font;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  let lastPx = -Infinity;
  for (const group of scene.groups) {
    const middlePx = group.topPx + group.heightPx / 2;
    // Names of very thin lanes would run into each other: every n-th is enough.
    if (middlePx - lastPx < 11 || middlePx < 0 || middlePx > heightPx) continue;
    lastPx = middlePx;
    // The first and the last of many thin lanes have no room of their own for half a line.
    const textPx = Math.min(heightPx - 6, Math.max(6, middlePx));
    context.fillText(fitText(context, group.label, axis.leftPx - 10), axis.leftPx - 6, textPx);
  }
  context.textAlign = 'left';
}

/** The rectangles alone, wherever they are to go. `colour`: one for all, rather than each its stage's. */
export function paintBoxes(
  context: CanvasRenderingContext2D,
  boxes: BoxList,
  theme: Theme,
  colour?: string,
): void {
  const colours = chartColours(theme);
  const fills = new Map<number, string>();
  const fillOf = (stage: number) => {
    let fill = colour ?? fills.get(stage);
    if (!fill) fills.set(stage, (fill = stageColour(stage, theme)));
    return fill;
  };
  for (let i = 0; i < boxes.count; i++) {
    const kind = boxes.kind[i]!;
    const x = boxes.x[i]!;
    const y = boxes.y[i]!;
    const height = boxes.height[i]!;
    const fill = fillOf(boxes.stage[i]!);
    // A hair of ground between neighbours, where there is room for one.
    const width = boxes.width[i]! > 3 ? boxes.width[i]! - 0.5 : Math.max(boxes.width[i]!, 0.5);
    switch (kind) {
      case BoxKind.busy: {
        const cpuPx = height * boxes.value[i]!;
        if (cpuPx < height) {
          context.fillStyle = paleColour(fill, theme);
          context.fillRect(x, y, width, height - cpuPx);
        }
        context.fillStyle = fill;
        context.fillRect(x, y + height - cpuPx, width, cpuPx);
        break;
      }
      case BoxKind.setup:
        context.fillStyle = paleColour(fill, theme, 0.6);
        context.fillRect(x, y, width, height);
        context.fillStyle = fill;
        context.fillRect(x, y, width, Math.min(2, height / 3));
        break;
      case BoxKind.blocked:
        paintHatch(context, x, y, width, height, fill, paleColour(fill, theme, 0.15));
        break;
      case BoxKind.merged:
        context.fillStyle = paleColour(fill, theme, boxes.value[i]!);
        context.fillRect(x, y, boxes.width[i]!, height);
        break;
      case BoxKind.hit:
        context.fillStyle = colours.hit;
        context.fillRect(x, y, 1, height);
        break;
      case BoxKind.predicted:
        paintGhost(context, x, y, width, ghostPx(height), fill, theme);
        break;
      case BoxKind.predictedMerged:
        context.fillStyle = paleColour(fill, theme, boxes.value[i]! * 0.6);
        context.fillRect(x, y, boxes.width[i]!, ghostPx(height));
        break;
      default:
        paintTrouble(context, kind, x, y, height, colours);
    }
  }
}

/** Ground between the predicted row and the measured one under it, where there is room for it. */
const ghostPx = (heightPx: number): number => (heightPx >= 9 ? heightPx - 2 : heightPx);

/** A thin outline; too thin for one, a pale bar. */
function paintGhost(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  theme: Theme,
): void {
  context.fillStyle = paleColour(fill, theme, 0.3);
  context.fillRect(x, y, width, height);
  if (width < 4 || height < 3) return;
  context.strokeStyle = fill;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
}

/** Item names inside the spans that have room for them. */
function paintLabels(
  context: CanvasRenderingContext2D,
  scene: ScheduleScene,
  boxes: BoxList,
  options: PaintOptions,
): void {
  const { trace } = scene.input.main;
  context.font = options.font;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const right = scene.input.axis.leftPx + scene.input.axis.widthPx;
  for (let i = 0; i < boxes.count; i++) {
    if (boxes.kind[i] !== BoxKind.busy || boxes.width[i]! < 18 || boxes.height[i]! < 12) continue;
    const row = boxes.row[i]!;
    const item = trace.tasks.item[row]!;
    if (item < 0) continue;
    const more = trace.tasks.memberCount[row]!;
    const text = `${itemLabel(trace, item)}${more > 1 ? ` +${more - 1}` : ''}`;
    const x = Math.max(boxes.x[i]!, scene.input.axis.leftPx) + 4;
    const room = Math.min(boxes.x[i]! + boxes.width[i]!, right) - x - 3;
    if (context.measureText(text).width > room) continue;
    const fill = stageColour(boxes.stage[i]!, options.theme);
    const solid = boxes.value[i]! >= 0.5;
    context.fillStyle = solid ? textOn(fill) : chartColours(options.theme).text;
    const middle = solid
      ? boxes.height[i]! * (1 - boxes.value[i]! / 2)
      : (boxes.height[i]! * (1 - boxes.value[i]!)) / 2;
    context.fillText(text, x, boxes.y[i]! + middle + 0.5);
  }
}

function outlinePick(
  context: CanvasRenderingContext2D,
  scene: ScheduleScene,
  pick: SchedulePick,
  colour: string,
): void {
  const lane = scene.laneAt(pick.lane);
  const spans = lane?.[pick.of];
  if (!lane || !spans || pick.span >= spans.count) return;
  const { axis } = scene.input;
  const within = (px: number) =>
    Math.min(axis.leftPx + axis.widthPx + 8, Math.max(axis.leftPx - 8, px));
  const x = within(timeToPx(axis, spans.from[pick.span]!));
  const width = Math.max(2, within(timeToPx(axis, spans.to[pick.span]!)) - x);
  const ghostPx = lane.ghostHeightPx;
  const y = pick.of === 'ghost' ? lane.topPx : lane.topPx + ghostPx;
  const height = pick.of === 'ghost' ? ghostPx : lane.heightPx - ghostPx;
  context.save();
  context.beginPath();
  context.rect(axis.leftPx, 0, axis.widthPx, scene.input.heightPx);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.strokeRect(x, y, width, height);
  context.restore();
}
