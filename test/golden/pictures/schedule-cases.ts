import { paintSchedule } from '../../../src/charts/canvas/paint-schedule.ts';
import { buildItemSchedule } from '../../../src/charts/layout/item-lanes.ts';
import { LitSpans } from '../../../src/charts/layout/lit-spans.ts';
import {
  buildSchedule,
  type LaneBy,
  type ScheduleModel,
} from '../../../src/charts/layout/schedule-lanes.ts';
import { layoutSchedule } from '../../../src/charts/layout/schedule.ts';
import { fullAxis, showWindow, type TimeAxis } from '../../../src/charts/layout/time-axis.ts';
import type { Trace } from '../../../src/trace/types.ts';
import { asciiTrace } from '../../fixtures/ascii-trace.ts';
import { pictureFont, type Picture } from './picture.ts';

const widthPx = 360;
const leftPx = 60;

const measured = asciiTrace(`
  stages  a b c
  w0      AAaaaa~~ aaaa  cccc!
  w1        bbbb bbb!  bbbb
  w2      aaa    ccccc
  drop       b      b
  gate b      p   o
`);
const predicted = asciiTrace(`
  stages  a b c
  w0      aaaaa  aaaa  cccc
  w1        bbb  bbb  bbbb
  w2      aaa   cccc
`);

interface Options {
  by: LaneBy;
  heightPx: number;
  ghost?: Trace;
  cursorMs?: number;
  window?: [fromMs: number, toMs: number];
  /** Starts of tasks that are lit up, each linked to the next. */
  litFromMs?: number[];
}

const modelOf = (trace: Trace, by: LaneBy): ScheduleModel =>
  by === 'item' ? buildItemSchedule(trace, new Set()) : buildSchedule(trace, by);

function schedule(shows: string, trace: Trace, options: Options): Picture {
  const { by, heightPx, ghost, cursorMs, window, litFromMs } = options;
  const full = fullAxis(trace.meta.makespan, leftPx, widthPx - leftPx);
  const axis: TimeAxis = window ? showWindow(full, ...window) : full;
  const main = modelOf(trace, by);
  const rows = litFromMs?.map((ms) => trace.tasks.start.indexOf(ms));
  const scene = layoutSchedule({
    ...{ axis, heightPx, main },
    ghost: ghost ? modelOf(ghost, by) : null,
    lit: rows
      ? {
          ...{ main: new LitSpans(main, new Set(rows)), ghost: null },
          links: rows.slice(1).flatMap((row, at) => [rows[at]!, row]),
        }
      : null,
  });
  return {
    ...{ widthPx, heightPx, shows },
    paint: (context, theme) =>
      paintSchedule(context, scene, { theme, font: pictureFont, cursorMs: cursorMs ?? null }),
  };
}

export const scheduleByWorker = (): Picture =>
  schedule(
    'A lane a worker: set-up, busy, blocked as a strip, failures with their own mark.',
    measured,
    {
      ...{ by: 'worker', heightPx: 120 },
    },
  );

export const scheduleByStage = (): Picture =>
  schedule(
    'A lane for each task a stage has open: a blocked task still holds its place.',
    measured,
    {
      ...{ by: 'stage', heightPx: 150 },
    },
  );

export const scheduleMeasuredOverPredicted = (): Picture =>
  schedule('The prediction as a thin outlined row above what was measured.', measured, {
    ...{ by: 'worker', heightPx: 140, ghost: predicted, cursorMs: 9 },
  });

export const scheduleByItem = (): Picture =>
  schedule('A lane an item, with what was predicted for the same item above it.', measured, {
    ...{ by: 'item', heightPx: 150, ghost: predicted },
  });

export const scheduleWithPathLitUp = (): Picture =>
  schedule('A chain of tasks lit up over the rest, with a line from each to the next.', measured, {
    ...{ by: 'worker', heightPx: 120, litFromMs: [0, 9, 15] },
  });

export const scheduleZoomedIn = (): Picture =>
  schedule('A window of the run: what reaches out of it is cut off at its edge.', measured, {
    ...{ by: 'worker', heightPx: 120, window: [3, 9] },
  });

export const scheduleOfCacheHits = (): Picture =>
  schedule(
    'Hits are ticks in a lane of their own.',
    asciiTrace(`
      stages  a b
      w0      aaaa  bbbb
      hit     a a aaa  b b
    `),
    { by: 'worker', heightPx: 70 },
  );

/** Spans far thinner than a pixel. */
export function scheduleOfThousands(): Picture {
  const spans = Array.from({ length: 2000 }, (_, i) =>
    i % 7 === 3 ? ' ' : i % 11 < 6 ? 'a' : 'b',
  );
  return schedule(
    'Spans below a pixel are merged: shaded by how much of it they cover, in the colour of the longest.',
    asciiTrace(`
      stages  a b
      w0      ${spans.join('')}
      w1      ${[...spans].reverse().join('')}
    `),
    { by: 'worker', heightPx: 80 },
  );
}
