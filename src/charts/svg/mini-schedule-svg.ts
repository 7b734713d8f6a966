import type { MiniSchedule } from '../layout/mini-schedule.ts';
import { stageColour, type Theme } from '../stage-colours.ts';
import { px } from './escape.ts';

/** A schedule as a small picture without words: one path a stage. For those who do not see it, the page says it. */
export function miniScheduleSvg(
  { widthPx, heightPx, boxes }: MiniSchedule,
  { theme }: { theme: Theme },
): string {
  const paths = new Map<number, string>();
  for (const { stage, xPx, yPx, widthPx: width, heightPx: height } of boxes) {
    const box = `M${px(xPx)} ${px(yPx)}h${px(width)}v${px(height)}h${px(-width)}z`;
    paths.set(stage, (paths.get(stage) ?? '') + box);
  }
  const parts = [...paths].map(
    ([stage, d]) => `<path d="${d}" fill="${stageColour(stage, theme)}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(widthPx)} ${px(heightPx)}" preserveAspectRatio="none" shape-rendering="crispEdges" aria-hidden="true">${parts.join('')}</svg>`;
}
