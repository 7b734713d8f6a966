import { chartColours, paleColour, stageColour, type Theme } from '../colours.ts';
import { BoxKind } from '../layout/box-list.ts';
import type { ScheduleScene } from '../layout/schedule.ts';
import { timeTicks } from '../layout/time-axis.ts';
import { escapeXml, px } from './escape.ts';

/** Glyph of each trouble mark, the same shapes as on canvas. */
const glyphs: Partial<Record<number, string>> = {
  [BoxKind.failed]: '✕',
  [BoxKind.retried]: '○',
  [BoxKind.timedOut]: '◇',
  [BoxKind.cancelled]: '▬',
  [BoxKind.lost]: '✚',
  [BoxKind.dropped]: '▼',
};

const axisPx = 20;

export interface SvgOptions {
  theme: Theme;
  /** For screen readers. */
  label: string;
  /** Begins the ids inside; another one for each picture of a page, or they take each other's clips. */
  id?: string;
}

/** The laid-out schedule as SVG text with its time axis, made without a DOM. */
export function scheduleSvg(scene: ScheduleScene, options: SvgOptions): string {
  const { axis, heightPx } = scene.input;
  const { theme } = options;
  const colours = chartColours(theme);
  const id = escapeXml(options.id ?? 'schedule');
  const width = axis.leftPx + axis.widthPx;
  const rect = (x: number, y: number, w: number, h: number, attributes: string) =>
    `<rect x="${px(x)}" y="${px(y)}" width="${px(w)}" height="${px(h)}" ${attributes}/>`;
  const ground: string[] = [rect(0, 0, width, heightPx + axisPx, `fill="${colours.background}"`)];
  for (const group of scene.groups) {
    ground.push(
      rect(axis.leftPx, group.topPx, axis.widthPx, group.heightPx, `fill="${colours.lane}"`),
      `<text x="${px(axis.leftPx - 6)}" y="${px(group.topPx + group.heightPx / 2)}" text-anchor="end" dominant-baseline="central" fill="${colours.faintText}">${escapeXml(group.label)}</text>`,
    );
  }
  for (const tick of timeTicks(axis)) {
    ground.push(
      rect(tick.px, 0, 1, heightPx, `fill="${colours.grid}"`),
      `<text x="${px(tick.px)}" y="${px(heightPx + 14)}" text-anchor="middle" fill="${colours.faintText}">${tick.label}</text>`,
    );
  }
  const { boxes } = scene;
  const marks: string[] = [];
  const hatched = new Set<number>();
  for (let i = 0; i < boxes.count; i++) {
    const kind = boxes.kind[i]!;
    const stage = boxes.stage[i]!;
    const fill = stageColour(stage, theme);
    const [x, y, w, h] = [
      boxes.x[i]!,
      boxes.y[i]!,
      boxes.width[i]! - (boxes.width[i]! > 3 ? 0.5 : 0),
      boxes.height[i]!,
    ];
    const glyph = glyphs[kind];
    if (glyph !== undefined) {
      marks.push(
        `<text x="${px(x)}" y="${px(y + h / 2)}" text-anchor="middle" dominant-baseline="central" fill="${colours.failure}" stroke="${colours.background}" stroke-width="2" paint-order="stroke">${glyph}</text>`,
      );
    } else if (kind === BoxKind.busy) {
      const cpu = h * boxes.value[i]!;
      if (cpu < h) marks.push(rect(x, y, w, h - cpu, `fill="${paleColour(fill, theme)}"`));
      if (cpu > 0) marks.push(rect(x, y + h - cpu, w, cpu, `fill="${fill}"`));
    } else if (kind === BoxKind.blocked) {
      hatched.add(stage);
      marks.push(rect(x, y, w, h, `fill="url(#${id}-blocked-${stage})"`));
    } else if (kind === BoxKind.predicted) {
      marks.push(rect(x, y, w, h, `fill="${paleColour(fill, theme, 0.3)}" stroke="${fill}"`));
    } else if (kind === BoxKind.hit) marks.push(rect(x, y, 1, h, `fill="${colours.hit}"`));
    else {
      const strength =
        kind === BoxKind.setup ? 0.6 : boxes.value[i]! * (kind === BoxKind.merged ? 1 : 0.6);
      marks.push(rect(x, y, w, h, `fill="${paleColour(fill, theme, strength)}"`));
    }
  }
  const patterns = [...hatched].map((stage) => {
    const fill = stageColour(stage, theme);
    return `<pattern id="${id}-blocked-${stage}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="${paleColour(fill, theme, 0.15)}"/><rect width="1.5" height="5" fill="${fill}"/></pattern>`;
  });
  const clip = `<clipPath id="${id}-plot">${rect(axis.leftPx, 0, axis.widthPx, heightPx, '')}</clipPath>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(width)} ${px(heightPx + axisPx)}" width="${px(width)}" height="${px(heightPx + axisPx)}" role="img" aria-label="${escapeXml(options.label)}" font-size="11" font-family="system-ui, sans-serif"><defs>${clip}${patterns.join('')}</defs>${ground.join('')}<g clip-path="url(#${id}-plot)">${marks.join('')}</g></svg>`;
}
