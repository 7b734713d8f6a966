import type { Attachment } from 'svelte/attachments';
import { panBy, pxToTime, showWindow, zoomAt } from '../../charts/layout/time-axis.ts';
import { formatMs } from '../../base/units.ts';
import type { App } from '../state/app.svelte.ts';

const zoomStep = 1.5;
const panStepPx = 60;
/** A press that moves less is a click. */
const stillPx = 4;
/** A wheel that counts lines: about as high as a line of text is. */
const pxPerLine = 16;

interface Options {
  /** What keys zoom around; null: the middle. */
  heldPx?: () => number | null;
  /** From there down a drag picks a window of time rather than moving it: the axis itself. */
  axisTopPx?: () => number;
}

/**
 * Mouse, touch and keys of a chart on the shared time axis. Wheel with Ctrl zooms, with Shift pans; a drag
 * pans, two fingers zoom; with Shift or on the axis a drag picks the window to zoom to; a double click or
 * "0" shows all. + and − zoom, Shift with the arrows pans, "/" asks for an item, "c" for the critical path.
 */
export function axisHands(app: App, options: Options = {}): Attachment<HTMLElement> {
  const { announcer, timeline } = app;
  const { heldPx = () => null, axisTopPx = () => Infinity } = options;
  return (element) => {
    const downPx = new Map<number, number>();
    let brushFromPx: number | null = null;
    /** Up and down count too: whatever moved was no click. */
    let movedPx = 0;
    const place = (event: MouseEvent): number =>
      event.clientX - element.getBoundingClientRect().left;

    const wheel = (event: WheelEvent): void => {
      const unitPx = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? pxPerLine : 1;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const factor = Math.exp((-event.deltaY * unitPx) / 200);
        timeline.axis = zoomAt(timeline.axis, place(event), factor);
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        timeline.axis = panBy(timeline.axis, -(event.deltaX || event.deltaY) * unitPx);
      }
    };
    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      const px = place(event);
      const onAxis = event.clientY - element.getBoundingClientRect().top >= axisTopPx();
      downPx.set(event.pointerId, px);
      movedPx = 0;
      brushFromPx = downPx.size === 1 && (event.shiftKey || onAxis) ? px : null;
      element.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent): void => {
      const px = place(event);
      const fromPx = downPx.get(event.pointerId);
      if (fromPx !== undefined) {
        movedPx += Math.hypot(px - fromPx, event.movementY);
        downPx.set(event.pointerId, px);
        if (downPx.size > 1) pinch(event.pointerId, fromPx, px);
        else if (brushFromPx === null) timeline.axis = panBy(timeline.axis, px - fromPx);
        else if (movedPx > stillPx) timeline.brushMs = windowOf(brushFromPx, px);
      }
      const ms = pxToTime(timeline.axis, px);
      timeline.cursorMs = ms >= 0 && px >= timeline.axis.leftPx ? ms : null;
    };
    /** The other finger stays where it is; so does what is under it. */
    const pinch = (id: number, fromPx: number, toPx: number): void => {
      const [, otherPx] = [...downPx].find(([other]) => other !== id)!;
      if (Math.abs(fromPx - otherPx) < 1 || Math.abs(toPx - otherPx) < 1) return;
      timeline.axis = zoomAt(timeline.axis, otherPx, (toPx - otherPx) / (fromPx - otherPx));
    };
    const windowOf = (onePx: number, otherPx: number): readonly [number, number] => {
      const { axis } = timeline;
      const ms = [onePx, otherPx].map((px) => {
        const within = Math.min(axis.leftPx + axis.widthPx, Math.max(axis.leftPx, px));
        return pxToTime(axis, within);
      });
      return [Math.min(...ms), Math.max(...ms)];
    };
    const up = (event: PointerEvent): void => {
      downPx.delete(event.pointerId);
      const { brushMs } = timeline;
      if (brushMs && event.type === 'pointerup')
        timeline.axis = showWindow(timeline.axis, brushMs[0], brushMs[1]);
      brushFromPx = null;
      timeline.brushMs = null;
    };
    const leave = (): void => {
      if (downPx.size === 0) timeline.cursorMs = null;
    };
    /** The end of a drag is no click. */
    const click = (event: MouseEvent): void => {
      if (movedPx > stillPx) event.stopImmediatePropagation();
    };
    const showAll = (): void => timeline.showAll();
    const key = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { axis } = timeline;
      const aroundPx = heldPx() ?? axis.leftPx + axis.widthPx / 2;
      if (event.key === '+' || event.key === '=') timeline.axis = zoomAt(axis, aroundPx, zoomStep);
      else if (event.key === '-') timeline.axis = zoomAt(axis, aroundPx, 1 / zoomStep);
      else if (event.key === '0') showAll();
      else if (event.key === '/') timeline.focus.asked++;
      else if (event.key.toLowerCase() === 'c') timeline.focus.togglePath();
      else if (event.shiftKey && event.key === 'ArrowLeft') timeline.axis = panBy(axis, panStepPx);
      else if (event.shiftKey && event.key === 'ArrowRight')
        timeline.axis = panBy(axis, -panStepPx);
      else return;
      event.preventDefault();
      const { startMs, endMs } = timeline.axis;
      if (startMs !== axis.startMs || endMs !== axis.endMs)
        announcer.say('window', `Shown: ${formatMs(Math.max(0, startMs))} to ${formatMs(endMs)}`);
    };
    const end = new AbortController();
    const { signal } = end;
    element.addEventListener('wheel', wheel, { passive: false, signal });
    element.addEventListener('pointerdown', down, { signal });
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerup', up, { signal });
    element.addEventListener('pointercancel', up, { signal });
    element.addEventListener('pointerleave', leave, { signal });
    element.addEventListener('click', click, { signal });
    element.addEventListener('dblclick', showAll, { signal });
    element.addEventListener('keydown', key, { signal });
    return () => end.abort();
  };
}
