import { formatMs } from '../../base/units.ts';
import { paintLevels } from '../../charts/canvas/paint-levels.ts';
import { schedulePicture } from '../../charts/canvas/schedule-picture.ts';
import { layoutLevels } from '../../charts/layout/levels.ts';
import { fullAxis, type TimeAxis } from '../../charts/layout/time-axis.ts';
import type { Theme } from '../../charts/stage-colours.ts';
import { SvgContext } from '../../charts/svg/svg-context.ts';
import type { ReportPicture } from '../../share/report/report.ts';
import type { Trace } from '../../trace/types.ts';
import { alignStages } from '../state/align-stages.ts';
import type { App } from '../state/app.svelte.ts';
import { axisHeightPx, chartFont, labelWidthPx } from '../../charts/canvas/chart-metrics.ts';
import { paintTimeAxis } from '../../charts/canvas/paint-time-axis.ts';
import { Pressure } from '../timeline/pressure.ts';
import { titleOf, type Subject } from './part.ts';

const widthPx = 1000;
const gapPx = 12;
const bandPitchPx = 48;
const bandsMost = 20;

/** The schedule and the levels of its queues on one axis of time, painted as on the page. */
export function runPictures(app: App, { trace, pipeline, run }: Subject): ReportPicture[] {
  const stages = app.doc.document.stages;
  const main = alignStages(trace, stages);
  const ghost = run?.prediction ? alignStages(run.prediction.trace, stages) : null;
  const extentMs = Math.max(main.meta.makespan, ghost?.meta.makespan ?? 0);
  const leftPx = labelWidthPx(widthPx);
  const axis = fullAxis(extentMs, leftPx, widthPx - leftPx - gapPx);
  const of = titleOf(app.doc.document);
  return [
    runPicture(main, ghost, axis, of),
    ...levelsPicture(new Pressure(main, pipeline, null), axis, of),
  ];
}

function runPicture(main: Trace, ghost: Trace | null, axis: TimeAxis, of: string): ReportPicture {
  const { paint, heightPx, isCut } = schedulePicture(main, ghost, axis, widthPx);
  const what = main.meta.machine === 'live' ? 'Measured' : 'Predicted';
  const label = `${what} schedule of ${of}: ${main.tasks.count} tasks on ${main.meta.workers} workers in ${formatMs(main.meta.makespan)}${ghost ? `, predicted ${formatMs(ghost.meta.makespan)}` : ''}`;
  const cut = isCut ? ' Only the first lanes are shown; there are more.' : '';
  const caption = `${what} schedule: a lane for each worker, a bar for each task in its stage’s colour${ghost ? '; the thin row over each lane is what was predicted' : ''}. Gaps are where a worker had nothing to do.${cut}`;
  return pictureOf(paint, heightPx, label, caption, 'schedule');
}

function levelsPicture(pressure: Pressure, axis: TimeAxis, of: string): ReportPicture[] {
  const tracks = pressure.tracks.filter(({ max }) => max > 0).slice(0, bandsMost);
  if (tracks.length > 0 && pressure.memory) tracks.push(pressure.memory);
  if (tracks.length === 0) return [];
  const heightPx = tracks.length * bandPitchPx;
  const scene = layoutLevels(tracks, axis, heightPx);
  const label = `Queue levels of ${of}: ${tracks
    .map(({ label: name, max, unit }) =>
      unit === 'items' ? `${name} at most ${max} items` : `${name} over time`,
    )
    .join(', ')}`;
  const caption =
    'Queue levels on the same axis of time: how many items wait at each stage (stages without a queue are left out), against the room its buffer has. The one that stays high is before the stage that is too slow.';
  const paint = (context: CanvasRenderingContext2D, theme: Theme): void => {
    paintLevels(context, scene, { theme, font: chartFont });
    paintTimeAxis(context, axis, heightPx, widthPx, theme === 'dark');
  };
  return [pictureOf(paint, heightPx + axisHeightPx, label, caption, 'levels')];
}

function pictureOf(
  paint: (context: CanvasRenderingContext2D, theme: Theme) => void,
  heightPx: number,
  label: string,
  caption: string,
  id: string,
): ReportPicture {
  const painted = (theme: Theme): string => {
    const svg = new SvgContext(`${id}-${theme}`);
    paint(svg.asCanvas, theme);
    return svg.toString(widthPx, heightPx, label);
  };
  return { kind: 'picture', caption, label, light: painted('light'), dark: painted('dark') };
}
