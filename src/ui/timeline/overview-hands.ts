import type { Attachment } from 'svelte/attachments';
import { showWindow, type TimeAxis } from '../../charts/layout/time-axis.ts';
import type { TimelineStore } from '../state/timeline-store.svelte.ts';

/** So near to an edge of the window it is that edge which is taken hold of, px. */
const edgePx = 6;

/**
 * Mouse and touch of the strip with the whole run: the window is dragged, or by one of its edges resized; a
 * press beside it brings it there.
 */
export function overviewHands(timeline: TimelineStore): Attachment<HTMLElement> {
  return (element) => {
    /** The window as it was when it was taken hold of, and where that was. */
    let held: { part: 'window' | 'start' | 'end'; fromMs: number; axis: TimeAxis } | null = null;
    const msAt = (event: PointerEvent): number => {
      const box = element.getBoundingClientRect();
      return ((event.clientX - box.left) / box.width) * timeline.axis.extentMs;
    };
    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      const ms = msAt(event);
      const { axis } = timeline;
      const nearMs = (edgePx / axis.widthPx) * axis.extentMs;
      const isWide = axis.endMs - axis.startMs > 3 * nearMs;
      const part =
        isWide && Math.abs(ms - axis.startMs) < nearMs
          ? 'start'
          : isWide && Math.abs(ms - axis.endMs) < nearMs
            ? 'end'
            : 'window';
      if (part === 'window' && (ms < axis.startMs - nearMs || ms > axis.endMs + nearMs)) {
        const halfMs = (axis.endMs - axis.startMs) / 2;
        timeline.axis = showWindow(axis, ms - halfMs, ms + halfMs);
      }
      held = { part, fromMs: ms, axis: timeline.axis };
      element.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent): void => {
      if (!held) return;
      const { part, fromMs, axis } = held;
      const byMs = msAt(event) - fromMs;
      if (part === 'window') {
        timeline.axis = showWindow(axis, axis.startMs + byMs, axis.endMs + byMs);
        return;
      }
      const edgeMs = (part === 'start' ? axis.startMs : axis.endMs) + byMs;
      const movedMs = Math.min(axis.extentMs, Math.max(0, edgeMs));
      const stayingMs = part === 'start' ? axis.endMs : axis.startMs;
      // Dragged past the other edge the two change places.
      timeline.axis = showWindow(axis, Math.min(movedMs, stayingMs), Math.max(movedMs, stayingMs));
    };
    const up = (): void => void (held = null);
    const end = new AbortController();
    const { signal } = end;
    element.addEventListener('pointerdown', down, { signal });
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerup', up, { signal });
    element.addEventListener('pointercancel', up, { signal });
    return () => end.abort();
  };
}
