import { describe, expect, it, test } from 'vitest';
import { paintBandCursor } from '../../src/charts/canvas/paint-band.ts';
import { paintLevels } from '../../src/charts/canvas/paint-levels.ts';
import { paintStates } from '../../src/charts/canvas/paint-states.ts';
import { leastBandPx, stackBands } from '../../src/charts/layout/band-stack.ts';
import { memoryTrack, queueTracks } from '../../src/charts/layout/level-tracks.ts';
import { layoutLevels, levelTrack } from '../../src/charts/layout/levels.ts';
import { pressureMarks } from '../../src/charts/layout/pressure-marks.ts';
import { layoutStates } from '../../src/charts/layout/state-bands.ts';
import { fullAxis, timeToPx } from '../../src/charts/layout/time-axis.ts';
import { stateTimelines } from '../../src/measure/wall-shares.ts';
import { Mark } from '../../src/trace/types.ts';
import { asciiTrace, drawnTrace } from '../fixtures/ascii-trace.ts';
import { recordingContext } from '../fixtures/recording-context.ts';

const axis = fullAxis(100, 60, 200);
const options = { theme: 'light', font: '11px sans-serif' } as const;

describe('marks', () => {
  it('stand at their times, and those that would cover each other are one with their number', () => {
    const drop = Float64Array.of(10, 50, 51, 52, 90);
    const marks = pressureMarks({ drop, orphan: Float64Array.of(20) }, axis);
    expect(marks).toEqual([
      { kind: 'drop', px: timeToPx(axis, 10), count: 1 },
      { kind: 'drop', px: timeToPx(axis, 50), count: 3 },
      { kind: 'drop', px: timeToPx(axis, 90), count: 1 },
      { kind: 'orphan', px: timeToPx(axis, 20), count: 1 },
    ]);
  });
  it('are few for a million times, and none is lost', () => {
    const drop = Float64Array.from({ length: 1_000_000 }, (_, i) => i / 10_000);
    const marks = pressureMarks({ drop }, axis);
    expect(marks.length).toBeLessThan(200 / 36 + 1);
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(drop.length);
  });
});

describe('bands', () => {
  it('share the height, and scroll where it is too little to read them', () => {
    expect(stackBands(4, 200, 0)).toMatchObject({ bandPx: 46, first: 0, end: 4 });
    const many = stackBands(40, 130, 260);
    expect(many).toMatchObject({ bandPx: leastBandPx, first: 10, end: 15, contentHeightPx: 1040 });
    expect(many.topPx(10)).toBe(0);
    // As far as there is something to scroll to, and no further.
    expect(stackBands(40, 130, 1e9)).toMatchObject({ first: 35, end: 40 });
    expect(stackBands(0, 130, 10)).toMatchObject({ first: 0, end: 0 });
  });
  it('only those in sight are laid out and painted', () => {
    const series = { time: Float64Array.of(0), value: Float64Array.of(1) };
    const tracks = Array.from({ length: 60 }, (_, i) => levelTrack(series, { label: `s${i}` }));
    const scene = layoutLevels(tracks, axis, 104, 26 * 20);
    expect(scene.bands.map(({ track }) => track.label)).toEqual(['s20', 's21', 's22', 's23']);
    const { context, log } = recordingContext();
    paintLevels(context, scene, options);
    expect(log.filter((line) => line.startsWith('fillText s')).length).toBe(4);
  });
});

describe('memory', () => {
  it('has its mark and its budget as lines with names, and is shaded while the source is held', () => {
    const trace = drawnTrace(
      ['a'],
      [
        { stage: 0, worker: 0, start: 0, end: 10, leave: 10, held: 900 },
        { stage: 0, worker: 0, start: 10, end: 40, leave: 40, held: 100 },
      ],
      [
        { time: 20, kind: Mark.overrun, value: 900 },
        { time: 30, kind: Mark.admitted, item: 1, value: 5 },
      ],
    );
    const track = memoryTrack(trace, { budget: 1000, mark: 800 });
    expect([track.throttledMs.from[0], track.throttledMs.to[0]]).toEqual([10, 30]);
    const scene = layoutLevels([track], axis, 60);
    const [band] = scene.bands;
    expect(band!.budgetPx).toBe(0);
    expect(band!.capacityPx).toBeCloseTo(0.2 * band!.heightPx);
    expect(band!.marks).toEqual([{ kind: 'overrun', px: timeToPx(axis, 20), count: 1 }]);
    const { context, log } = recordingContext();
    paintLevels(context, scene, options);
    expect(log.some((line) => line.includes('source pauses above 800 B'))).toBe(true);
    expect(log.some((line) => line.includes('budget 0.98 KiB'))).toBe(true);
  });
});

test('the most memory there ever was is what the run itself noted, also between two tasks', () => {
  const trace = drawnTrace(
    ['a'],
    [{ stage: 0, worker: 0, start: 0, end: 10, leave: 10, held: 900 }],
  );
  expect(memoryTrack(trace).max).toBe(900);
  trace.meta.memoryPeak = 1200;
  expect(memoryTrack(trace).max).toBe(1200);
});

describe('drops and orphans', () => {
  it('are told apart', () => {
    const trace = drawnTrace(
      ['a'],
      [{ stage: 0, worker: 0, start: 0, end: 10, leave: 10 }],
      [
        { time: 3, kind: Mark.dropNewest, stage: 0, item: 1, value: -1 },
        { time: 4, kind: Mark.orphaned, stage: 0, item: 2, value: 2 },
      ],
    );
    const [track] = queueTracks(trace);
    expect(track!.marksMs).toEqual({ drop: Float64Array.of(3), orphan: Float64Array.of(4) });
  });
});

describe('states', () => {
  it('are told apart without colour: solid, hatched, dotted', () => {
    const trace = asciiTrace(`
      stages  a b
      w0      AAaaaa~~
      w1              bbbb
    `);
    const tracks = stateTimelines(trace).map((timeline, stage) => ({
      ...{ stage, timeline },
      label: trace.meta.stages[stage]!.name,
    }));
    const { context, log } = recordingContext();
    paintStates(context, layoutStates(tracks, fullAxis(12, 60, 240), 60), options);
    expect(log.filter((line) => line === 'save')).toHaveLength(
      log.filter((line) => line === 'restore').length,
    );
    // The blocked time is clipped and hatched.
    expect(log).toContain('rect 180 0 40 26');
    expect(log).toContain('clip');
    expect(log).toContain('fillText busy 33 % 54 20 48 #57606a');
  });
});

describe('the cursor', () => {
  it('has its figures beside it, on the side where there is room', () => {
    const series = { time: Float64Array.of(0), value: Float64Array.of(1) };
    const scene = layoutLevels([levelTrack(series, { label: 'a' })], axis, 30);
    const leftOf = (ms: number) => {
      const { context, log } = recordingContext();
      paintBandCursor(context, scene, { ms, readouts: ['8 waiting'] }, options);
      return Number(log.find((line) => line.startsWith('fillText 8 waiting'))?.split(' ')[3]);
    };
    expect(leftOf(10)).toBeGreaterThan(timeToPx(axis, 10));
    expect(leftOf(95)).toBeLessThan(timeToPx(axis, 95));
    const { context, log } = recordingContext();
    paintBandCursor(context, scene, { ms: 400, readouts: ['8 waiting'] }, options);
    expect(log).toEqual([]);
  });
});
