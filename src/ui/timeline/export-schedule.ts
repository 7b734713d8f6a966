import { paintSchedule } from '../../charts/canvas/paint-schedule.ts';
import { layoutSchedule, type ScheduleScene } from '../../charts/layout/schedule.ts';
import { scheduleCsv } from '../../charts/layout/schedule-csv.ts';
import { formatMs } from '../../base/units.ts';
import { fileNameOf, saveBlob } from '../files/save.ts';
import type { App } from '../state/app.svelte.ts';
import { axisHeightPx, chartFont, labelWidthPx } from '../../charts/canvas/chart-metrics.ts';
import { litInput } from './lit-input.ts';
import { paintTimeAxis } from '../../charts/canvas/paint-time-axis.ts';
import { savePicture } from './save-picture.ts';

const widthPx = 1200;
const gapPx = 12;
/** Of few lanes, so that they are no stripes. */
const leastHeightPx = 160;
/** No picture of thousands of lanes: it shows those from the top down to here. */
const mostHeightPx = 4000;

/** Offers the schedule as it is shown as a file: lanes, window of time, colours of the theme. */
export async function exportSchedule(
  app: App,
  kind: 'svg' | 'png' | 'csv' | 'trace',
): Promise<void> {
  const { timeline } = app;
  const { main } = timeline;
  if (!main) return;
  const name = `${fileNameOf(app.doc.document.name)}-schedule` as const;
  if (kind === 'csv')
    return saveBlob(`${name}.csv`, new Blob(scheduleCsv(main), { type: 'text/csv' }));
  if (kind === 'trace') return exportTrace(app, `${fileNameOf(app.doc.document.name)}-trace.json`);
  const scene = sceneOf(app);
  if (!scene) return;
  const { axis, heightPx } = scene.input;
  const { dark } = app.view;
  const label = `Schedule of ${app.doc.document.name ?? 'a pipeline'}, ${formatMs(main.meta.makespan)}`;
  const size = { widthPx, heightPx: heightPx + axisHeightPx, label };
  await savePicture(`${name}.${kind}`, size, (context) => {
    paintSchedule(context, scene, { theme: dark ? 'dark' : 'light', font: chartFont });
    paintTimeAxis(context, axis, heightPx, widthPx, dark);
  });
}

/** Both schedules, if there are two: other tools show them one below the other. */
async function exportTrace({ timeline }: App, fileName: string): Promise<void> {
  const { chromeTrace } = await import('../../share/export/chrome-trace.ts');
  const runs = [timeline.main, timeline.ghost].flatMap((trace) => {
    const isLive = trace?.meta.machine === 'live';
    const stages = (isLive ? timeline.measured : timeline.prediction)?.pipeline.stages ?? [];
    return trace ? [{ name: isLive ? 'Measured' : 'Predicted', trace, stages }] : [];
  });
  saveBlob(fileName, new Blob([...chromeTrace(runs)], { type: 'application/json' }));
}

function sceneOf({ timeline }: App): ScheduleScene | null {
  const { mainModel: main, ghostModel: ghost } = timeline;
  if (!main) return null;
  const leftPx = labelWidthPx(widthPx);
  const axis = { ...timeline.axis, leftPx, widthPx: widthPx - leftPx - gapPx };
  const lit = litInput(timeline, main, ghost);
  const lay = (heightPx: number) => layoutSchedule({ axis, main, ghost, heightPx, lit });
  const { contentHeightPx } = lay(leastHeightPx);
  return lay(Math.min(mostHeightPx, Math.max(leastHeightPx, contentHeightPx)));
}
