import type { ScheduleModel } from '../../charts/layout/schedule-lanes.ts';
import type { LitInput } from '../../charts/layout/schedule.ts';
import type { TimelineStore } from '../state/timeline-store.svelte.ts';

/** What of the schedule is lit up, for its layout; null: nothing is. */
export function litInput(
  { lights, focus }: TimelineStore,
  main: ScheduleModel,
  ghost: ScheduleModel | null,
): LitInput | null {
  const { models } = focus;
  if (!lights || !models) return null;
  return {
    main: new models.LitSpans(main, lights.lit),
    ghost: ghost && new models.LitSpans(ghost, lights.litGhost),
    // In the lane of the item they would lie upon each other.
    links: main.by === 'item' && lights.kind === 'item' ? [] : lights.links,
  };
}
