import type { Trace } from '../../trace/types.ts';
import { buildSchedule } from '../layout/schedule-lanes.ts';
import { layoutSchedule } from '../layout/schedule.ts';
import type { TimeAxis } from '../layout/time-axis.ts';
import type { Theme } from '../stage-colours.ts';
import { axisHeightPx, chartFont } from './chart-metrics.ts';
import { paintSchedule } from './paint-schedule.ts';
import { paintTimeAxis } from './paint-time-axis.ts';

/** It is read, not searched: of thousands of lanes the first ones are shown. */
const mostPx = 900;
const leastPx = 120;

export interface SchedulePicture {
  /** With the axis of time below. */
  heightPx: number;
  /** There are more lanes than are shown. */
  isCut: boolean;
  paint: (context: CanvasRenderingContext2D, theme: Theme) => void;
}

/** A lane a worker over the whole time, for a page that is printed or a file. `ghost`: as a thin row over each lane. */
export function schedulePicture(
  main: Trace,
  ghost: Trace | null,
  axis: TimeAxis,
  widthPx: number,
): SchedulePicture {
  const [model, ghostModel] = [
    buildSchedule(main, 'worker'),
    ghost && buildSchedule(ghost, 'worker'),
  ];
  const lay = (heightPx: number) =>
    layoutSchedule({ axis, main: model, ghost: ghostModel, heightPx });
  const { contentHeightPx } = lay(leastPx);
  const scene = lay(Math.min(mostPx, Math.max(leastPx, contentHeightPx)));
  const { heightPx } = scene.input;
  return {
    heightPx: heightPx + axisHeightPx,
    isCut: contentHeightPx > mostPx,
    paint(context, theme) {
      paintSchedule(context, scene, { theme, font: chartFont });
      paintTimeAxis(context, axis, heightPx, widthPx, theme === 'dark');
    },
  };
}
