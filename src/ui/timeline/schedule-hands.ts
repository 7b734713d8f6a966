import type { Attachment } from 'svelte/attachments';
import {
  pickAt,
  type SchedulePick,
  type StepDirection,
} from '../../charts/layout/schedule-pick.ts';
import type { ScheduleScene } from '../../charts/layout/schedule.ts';
import { itemLabel } from '../../trace/item-label.ts';
import type { Trace } from '../../trace/types.ts';
import type { App } from '../state/app.svelte.ts';
import { directions } from './schedule-keys.ts';

interface Hands {
  scene: () => ScheduleScene | null;
  pick: () => SchedulePick | null;
  /** The pointer is at this task, or at none. */
  point: (pick: SchedulePick | null, xPx: number, yPx: number) => void;
  step: (direction: StepDirection) => void;
  /** A key has moved the axis. */
  zoomed: () => void;
  traceOf: (pick: SchedulePick) => Trace;
}

/**
 * The tasks of the schedule under mouse and keys: pointing shows one, a click or Enter selects its stage and
 * lights up the way of its item, beside any task it takes the light away; Escape does too.
 */
export function scheduleHands(app: App, hands: Hands): Attachment<HTMLElement> {
  const { focus } = app.timeline;
  return (element) => {
    const move = (event: PointerEvent): void => {
      const scene = hands.scene();
      const box = element.getBoundingClientRect();
      const [xPx, yPx] = [event.clientX - box.left, event.clientY - box.top];
      hands.point(scene && pickAt(scene, xPx, yPx), xPx, yPx);
    };
    const leave = (): void => hands.point(null, 0, 0);
    const select = (): void => {
      const pick = hands.pick();
      if (!pick) return focus.clear();
      const trace = hands.traceOf(pick);
      const stage = trace.meta.stages[trace.tasks.stage[pick.row]!];
      if (stage) app.view.select({ kind: 'stage', id: stage.id });
      const item = trace.tasks.item[pick.row]!;
      if (item >= 0) focus.find(itemLabel(trace, item));
    };
    const key = (event: KeyboardEvent): void => {
      if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') {
        // One press takes one thing away: the instant that is pinned stays for the next.
        if (hands.pick()) leave();
        else if (focus.found !== null || focus.showsPath || focus.lens) focus.clear();
        else return;
        event.preventDefault();
      } else if (event.key === 'Enter') {
        event.preventDefault();
        if (hands.pick()) select();
      } else if (directions[event.key]) {
        event.preventDefault();
        hands.step(directions[event.key]!);
      } else if ('+=-0'.includes(event.key)) hands.zoomed();
    };
    const end = new AbortController();
    const { signal } = end;
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerleave', leave, { signal });
    // Taking the chart out of the page blurs it in the middle of drawing the page, when nothing may be set.
    const blur = (): void => queueMicrotask(() => element.isConnected && leave());
    element.addEventListener('blur', blur, { signal });
    element.addEventListener('keydown', key, { signal });
    element.addEventListener('click', select, { signal });
    return () => end.abort();
  };
}
