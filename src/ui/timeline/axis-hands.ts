import type { Attachment } from 'svelte/attachments';
import { panBy, pxToTime, showWindow, zoomAt } from '../../charts/layout/time-axis.ts';
import type { TimelineStore } from '../state/timeline-store.svelte.ts';

const zoomStep = 1.5;
const panStepPx = 60;

/**
 * Mouse, touch and keys of a chart on the shared time axis: wheel with Ctrl or Shift zooms and pans, a
 * drag pans, a double click or "0" shows all, + and − zoom, Shift with the arrows pans. `heldPx`: what keys
 * zoom around; null: the middle.
 */
export function axisHands(
  timeline: TimelineStore,
  heldPx: () => number | null = () => null,
): Attachment<HTMLElement> {
  return (element) => {
    let dragFromPx: number | null = null;
    const place = (event: MouseEvent): number =>
      event.clientX - element.getBoundingClientRect().left;
    const wheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        timeline.axis = zoomAt(timeline.axis, place(event), Math.exp(-event.deltaY / 200));
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        timeline.axis = panBy(timeline.axis, -(event.deltaX || event.deltaY));
      }
    };
    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      dragFromPx = place(event);
      element.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent): void => {
      const px = place(event);
      if (dragFromPx !== null) {
        timeline.axis = panBy(timeline.axis, px - dragFromPx);
        dragFromPx = px;
      }
      const ms = pxToTime(timeline.axis, px);
      timeline.cursorMs = ms >= 0 && px >= timeline.axis.leftPx ? ms : null;
    };
    const up = (): void => void (dragFromPx = null);
    const leave = (): void => {
      dragFromPx = null;
      timeline.cursorMs = null;
    };
    const showAll = (): void => {
      timeline.axis = showWindow(timeline.axis, 0, timeline.axis.extentMs);
    };
    const key = (event: KeyboardEvent): void => {
      const { axis } = timeline;
      const aroundPx = heldPx() ?? axis.leftPx + axis.widthPx / 2;
      if (event.key === '+' || event.key === '=') timeline.axis = zoomAt(axis, aroundPx, zoomStep);
      else if (event.key === '-') timeline.axis = zoomAt(axis, aroundPx, 1 / zoomStep);
      else if (event.key === '0') showAll();
      else if (event.shiftKey && event.key === 'ArrowLeft') timeline.axis = panBy(axis, panStepPx);
      else if (event.shiftKey && event.key === 'ArrowRight')
        timeline.axis = panBy(axis, -panStepPx);
      else return;
      event.preventDefault();
    };
    element.addEventListener('wheel', wheel, { passive: false });
    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('dblclick', showAll);
    element.addEventListener('keydown', key);
    return () => {
      element.removeEventListener('wheel', wheel);
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('dblclick', showAll);
      element.removeEventListener('keydown', key);
    };
  };
}
