import type { LevelTrack } from '../../charts/layout/levels.ts';
import type { StateTrack } from '../../charts/layout/state-bands.ts';
import type { TimelineStore } from '../state/timeline-store.svelte.ts';

/** The queues of the stages that the legend leaves in, and memory where anything says how large it is. */
export function shownTracks({ pressure, hidden }: TimelineStore): LevelTrack[] {
  const queues = pressure?.tracks.filter(({ stage }) => !hidden.has(stage)) ?? [];
  return pressure?.memory ? [...queues, pressure.memory] : queues;
}

export function shownStates({ pressure, hidden }: TimelineStore): StateTrack[] {
  return pressure?.states.filter(({ stage }) => !hidden.has(stage)) ?? [];
}
