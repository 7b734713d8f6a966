import type { StateTimeline, WallState } from '../../measure/state-timeline.ts';
import { stackBands, type BandScene } from './band-stack.ts';
import type { TimeAxis } from './time-axis.ts';

/** What one stage did over time. Built once a trace. */
export interface StateTrack {
  /** Stage index. */
  stage: number;
  label: string;
  timeline: StateTimeline;
}

/** One state of a band: what share of each column it takes, and what lies below it. */
export interface StateLayer {
  state: WallState;
  /** Shares of the column's time, 0 … 1; one column a pixel of the axis, from its left. */
  floor: Float64Array;
  ceiling: Float64Array;
}

export interface StateBand {
  track: StateTrack;
  topPx: number;
  heightPx: number;
  /** From the floor up; together they fill every column of the run. */
  layers: StateLayer[];
}

export interface StateScene extends BandScene {
  bands: StateBand[];
}

/**
 * Cuts the visible window into columns of one pixel and splits each by what the stage did in that time: of a
 * column that the run fills the layers add up to 1, and over all columns of the whole run each adds up to
 * the state's total.
 */
export function layoutStates(
  tracks: readonly StateTrack[],
  axis: TimeAxis,
  heightPx: number,
  scrollPx = 0,
): StateScene {
  const stack = stackBands(tracks.length, heightPx, scrollPx);
  const columns = Math.max(1, Math.round(axis.widthPx));
  const bands = tracks.slice(stack.first, stack.end).map((track, place): StateBand => ({
    track,
    topPx: stack.topPx(stack.first + place),
    heightPx: stack.bandPx,
    layers: layersOf(track.timeline, axis, columns),
  }));
  return { ...stack, axis, bands, heightPx };
}

function layersOf(timeline: StateTimeline, axis: TimeAxis, columns: number): StateLayer[] {
  const columnMs = (axis.endMs - axis.startMs) / columns;
  let floor = new Float64Array(columns);
  return timeline.states.map((state): StateLayer => {
    const ceiling = new Float64Array(columns);
    let before = timeline.beforeMs(state, axis.startMs);
    for (let column = 0; column < columns; column++) {
      const after = timeline.beforeMs(state, axis.startMs + columnMs * (column + 1));
      ceiling[column] = floor[column]! + wholeOrNone((after - before) / columnMs);
      before = after;
    }
    const layer = { state, floor, ceiling };
    floor = ceiling;
    return layer;
  });
}

/** Without the last digits' noise, so that neighbours that are filled alike are seen to be. */
function wholeOrNone(share: number): number {
  return share > 1 - 1e-9 ? 1 : share < 1e-9 ? 0 : share;
}
