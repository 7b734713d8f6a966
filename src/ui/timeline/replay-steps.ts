import { showWindow } from '../../charts/layout/time-axis.ts';
import { formatMs } from '../../base/units.ts';
import type { App } from '../state/app.svelte.ts';
import type { TimelineStore } from '../state/timeline-store.svelte.ts';

/** To the next (1) or the one before (−1) of the instants at which anything changes in any stage. */
export function stepReplay(app: App, way: 1 | -1): void {
  const { replay, pressure, cursorMs } = app.timeline;
  if (pressure === null) return;
  const fromMs = cursorMs ?? (way > 0 ? -Infinity : Infinity);
  jumpReplay(app, pressure.lookup.changeFrom(fromMs, way) ?? (way > 0 ? replay.endMs : 0));
}

/** Plays on, or stays where it is; says which. */
export function toggleReplay({ announcer, timeline }: App): void {
  timeline.replay.toggle();
  const { playing } = timeline.replay;
  announcer.say('instant', playing ? 'Replaying' : `Paused at ${instantWords(timeline)}`);
}

/** Nothing is pinned any more; says so. */
export function releaseInstant({ announcer, timeline }: App): void {
  timeline.replay.pinAt(null);
  announcer.say('instant', 'No instant is shown');
}

/** Pins this instant, brings it into the window and says it. */
export function jumpReplay(app: App, ms: number): void {
  const { timeline } = app;
  timeline.replay.pinAt(ms);
  follow(timeline);
  app.announcer.say('instant', instantWords(timeline));
}

/** "412 ms of 1.7 s: 12 waiting, 4 running, 1 blocked". */
export function instantWords({ cursorMs, replay, pressure }: TimelineStore): string {
  if (cursorMs === null) return 'No instant is shown';
  const sum = { waiting: 0, running: 0, blocked: 0 };
  const stages = [...(pressure?.lookup.at(cursorMs).values() ?? [])].slice(1);
  for (const { queued, running, blocked } of stages) {
    sum.waiting += queued;
    sum.running += running;
    sum.blocked += blocked;
  }
  const counts = Object.entries(sum).map(([word, count]) => `${count} ${word}`);
  return `${formatMs(cursorMs)} of ${formatMs(replay.endMs)}: ${counts.join(', ')}`;
}

/** Turns the page when the replayed instant has left the window. */
export function follow(timeline: TimelineStore): void {
  const { axis, cursorMs } = timeline;
  if (cursorMs === null || (cursorMs >= axis.startMs && cursorMs <= axis.endMs)) return;
  const widthMs = axis.endMs - axis.startMs;
  const startMs = cursorMs - 0.1 * widthMs;
  timeline.axis = showWindow(axis, startMs, startMs + widthMs);
}
