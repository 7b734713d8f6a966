import type { LessonChart } from '../../pipeline/lesson-charts.ts';
import type { App } from '../state/app.svelte.ts';

/** Parts of the page beside the tabs: where each is. */
const parts = {
  graph: '[aria-label="Graph"]',
  schedule: '.timeline',
  queues: '.timeline .levels',
} as const;
export type PagePart = keyof typeof parts;

export const isPart = (chart: LessonChart): chart is PagePart => Object.hasOwn(parts, chart);

const litMs = 2500;

/**
 * Rings the part for a moment.
 * @param goesThere brings it into view as well, for whoever asked
 */
export function showPart(app: App, part: PagePart, goesThere: boolean): void {
  app.view.arePanelsFull = false;
  const element = document.querySelector(parts[part]);
  if (!element) return;
  if (goesThere) element.scrollIntoView({ block: 'nearest' });
  const outline = '3px solid var(--accent)';
  element.animate(
    [
      { outline, outlineOffset: '-3px' },
      { outline, outlineOffset: '-3px' },
    ],
    litMs,
  );
}
