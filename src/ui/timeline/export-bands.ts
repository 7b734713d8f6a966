import { paintLevels } from '../../charts/canvas/paint-levels.ts';
import { paintStates } from '../../charts/canvas/paint-states.ts';
import { levelsCsv, statesCsv } from '../../charts/layout/band-csv.ts';
import { layoutLevels } from '../../charts/layout/levels.ts';
import { layoutStates } from '../../charts/layout/state-bands.ts';
import { fileNameOf, saveBlob } from '../files/save.ts';
import type { App } from '../state/app.svelte.ts';
import { axisHeightPx, chartFont, labelWidthPx } from '../../charts/canvas/chart-metrics.ts';
import { paintTimeAxis } from '../../charts/canvas/paint-time-axis.ts';
import { savePicture } from './save-picture.ts';
import { shownStates, shownTracks } from './shown-tracks.ts';

const widthPx = 1200;
const gapPx = 12;
const bandPitchPx = 48;

/** Offers the chart below the schedule as a file: its stages, window of time, colours of the theme. */
export async function exportBands(app: App, kind: 'svg' | 'png' | 'csv'): Promise<void> {
  const { timeline, view, doc } = app;
  const { bands } = timeline;
  const name = `${fileNameOf(doc.document.name)}-${bands}` as const;
  if (kind === 'csv') {
    const parts =
      bands === 'queues' ? levelsCsv(shownTracks(timeline)) : statesCsv(shownStates(timeline));
    return saveBlob(`${name}.csv`, new Blob(parts, { type: 'text/csv' }));
  }
  const count = (bands === 'queues' ? shownTracks(timeline) : shownStates(timeline)).length;
  const chartPx = Math.max(1, count) * bandPitchPx;
  const leftPx = labelWidthPx(widthPx);
  const axis = { ...timeline.axis, leftPx, widthPx: widthPx - leftPx - gapPx };
  const options = { theme: view.dark ? ('dark' as const) : ('light' as const), font: chartFont };
  const what = bands === 'queues' ? 'Queue levels' : 'States of the stages';
  const label = `${what} of ${doc.document.name ?? 'a pipeline'}`;
  const size = { widthPx, heightPx: chartPx + axisHeightPx, label };
  await savePicture(`${name}.${kind}`, size, (context) => {
    if (bands === 'queues')
      paintLevels(context, layoutLevels(shownTracks(timeline), axis, chartPx), options);
    else paintStates(context, layoutStates(shownStates(timeline), axis, chartPx), options);
    paintTimeAxis(context, axis, chartPx, widthPx, view.dark);
  });
}
