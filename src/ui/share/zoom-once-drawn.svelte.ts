import { showWindow } from '../../charts/layout/time-axis.ts';
import type { App } from '../state/app.svelte.ts';

/**
 * Zooms to a window of time as soon as there is a schedule that the axis is laid out for. Not any more when another
 * document has come, or the reader has zoomed meanwhile.
 * @param windowMs from and to, ms
 */
export function zoomOnceDrawn(app: App, [fromMs, toMs]: readonly [number, number]): void {
  const { doc, timeline } = app;
  const { workId } = doc;
  const stop = $effect.root(() => {
    $effect(() => {
      const { axis, main, extentMs, zoomed } = timeline;
      const isOther = doc.workId !== workId || zoomed;
      const isDrawn = main !== null && axis.extentMs === extentMs && axis.widthPx > 1;
      if (isOther || isDrawn) queueMicrotask(() => stop());
      // What lies behind the end of this schedule is not there to be shown.
      if (!isOther && isDrawn && fromMs < extentMs)
        timeline.axis = showWindow(axis, fromMs, Math.min(toMs, extentMs));
    });
  });
}
