import type { Attachment } from 'svelte/attachments';
import { pxToTime, timeToPx } from '../../charts/layout/time-axis.ts';
import type { App } from '../state/app.svelte.ts';
import { releaseInstant, stepReplay, toggleReplay } from './replay-steps.ts';

/** A press that moves further than this is a drag, px. */
const stillPx = 4;

/**
 * For what holds the charts: a click on one pins the instant there (again at the same place: takes it away),
 * the space bar plays and pauses, "." and "," step to the next event and back, Escape takes the pin away.
 */
export function replayHands(app: App): Attachment<HTMLElement> {
  const { timeline } = app;
  const { replay } = timeline;
  return (element) => {
    let downAt: { x: number; y: number } | null = null;
    /** As the click before has found it. */
    let [heldMs, isPlaying]: [number | null, boolean] = [null, false];
    const down = ({ clientX: x, clientY: y }: PointerEvent): void => void (downAt = { x, y });
    const click = (event: MouseEvent): void => {
      const { target, clientX, clientY } = event;
      if (!(target instanceof HTMLCanvasElement) || event.shiftKey || downAt === null) return;
      if (Math.hypot(clientX - downAt.x, clientY - downAt.y) > stillPx) return;
      const px = clientX - target.getBoundingClientRect().left;
      const { axis } = timeline;
      if (px < axis.leftPx || px > axis.leftPx + axis.widthPx) return;
      const pinned = replay.pinnedMs;
      // A double click shows all: the instant that was held before it still is.
      if (event.detail > 1) {
        replay.pinAt(heldMs, isPlaying);
        return;
      }
      [heldMs, isPlaying] = [pinned, replay.playing];
      const isThere = pinned !== null && Math.abs(timeToPx(axis, pinned) - px) < stillPx;
      replay.pinAt(isThere && !replay.playing ? null : pxToTime(axis, px));
    };
    const key = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as HTMLElement;
      const isField = target.matches('select, textarea, input:not([type="range"])');
      if (isField || (event.key === ' ' && target.matches('button, input[type="radio"], summary')))
        return;
      if (event.key === ' ') toggleReplay(app);
      else if (event.key === '.') stepReplay(app, 1);
      else if (event.key === ',') stepReplay(app, -1);
      else if (event.key === 'Escape' && replay.pinnedMs !== null) releaseInstant(app);
      else return;
      event.preventDefault();
    };
    element.addEventListener('pointerdown', down);
    element.addEventListener('click', click);
    element.addEventListener('keydown', key);
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('click', click);
      element.removeEventListener('keydown', key);
    };
  };
}
