import { lab, rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { paintLevels } from '../../src/charts/canvas/paint-levels.ts';
import { paintSchedule } from '../../src/charts/canvas/paint-schedule.ts';
import { hcl } from 'd3';
import { chartColours, contrast, textOn } from '../../src/charts/colours.ts';
import { stageColour } from '../../src/charts/stage-colours.ts';
import { memoryTrack, queueTracks } from '../../src/charts/layout/level-tracks.ts';
import { layoutLevels, levelTrack } from '../../src/charts/layout/levels.ts';
import { buildSchedule } from '../../src/charts/layout/schedule-lanes.ts';
import { ScheduleTable } from '../../src/charts/layout/schedule-table.ts';
import { layoutSchedule } from '../../src/charts/layout/schedule.ts';
import {
  fullAxis,
  panBy,
  pxToTime,
  showWindow,
  timeTicks,
  timeToPx,
  zoomAt,
} from '../../src/charts/layout/time-axis.ts';
import { SvgContext } from '../../src/charts/svg/svg-context.ts';
import { speedupStrip } from '../../src/charts/svg/speedup-strip.ts';
import { pairedSpeedup } from '../../src/measure/speedup.ts';
import { asciiTrace } from '../fixtures/ascii-trace.ts';
import { recordingContext } from '../fixtures/recording-context.ts';

const trace = asciiTrace(`
  stages  a b
  w0      AAaaaa~~
  w1              bbbb!
  drop       b
  gate b      p   o
`);
const axis = fullAxis(12, 60, 240);
const scene = layoutSchedule({ axis, main: buildSchedule(trace, 'worker'), heightPx: 58 });

describe('painting', () => {
  it('a schedule: ground, spans, hatch, labels, marks, cursor', () => {
    const { context, log } = recordingContext();
    paintSchedule(context, scene, { theme: 'light', font: '11px sans-serif', cursorMs: 3 });
    const [a, b] = [stageColour(0, 'light'), stageColour(1, 'light')];
    expect(log).toContain(`fillRect 100 0 79.5 25 ${a}`);
    expect(log).toContain(`fillRect 220 29 79.5 25 ${b}`);
    expect(log).toContain('fillText 0 104 13 ' + textOn(a));
    expect(log.some((line) => line.startsWith('moveTo 296'))).toBe(true);
    expect(log).toContain(`fillRect 120 0 1 58 ${chartColours('light').cursor}`);
    expect(log.filter((line) => line === 'save')).toHaveLength(
      log.filter((line) => line === 'restore').length,
    );
    expect(log).toMatchSnapshot();
  });
  it('queue levels: pond, capacity, drops, throttled shade', () => {
    trace.meta.stages[1]!.capacity = 2;
    const levels = layoutLevels(
      [
        ...queueTracks(trace, (stage) => ({ parents: stage === 1 ? [0] : [], throttles: true })),
        memoryTrack(trace, { budget: 20, mark: 10 }),
      ],
      axis,
      120,
    );
    expect(levels.bands[1]!.capacityPx).toBe(levels.bands[1]!.topPx);
    expect(levels.bands[1]!.marks).toEqual([{ kind: 'drop', px: timeToPx(axis, 3), count: 1 }]);
    expect(levels.bands[1]!.throttledPx).toEqual([[timeToPx(axis, 6), timeToPx(axis, 8)]]);
    const { context, log } = recordingContext();
    paintLevels(context, levels, { theme: 'dark', font: '11px sans-serif' });
    expect(log.some((line) => line.endsWith(chartColours('dark').throttled))).toBe(true);
    expect(log).toMatchSnapshot();
  });
  it('no level after the end of the trace: of a run that goes on nobody knows it yet', () => {
    const series = { time: Float64Array.of(0, 2), value: Float64Array.of(1, 5) };
    const track = levelTrack(series, { label: 'a', endMs: 3 });
    const highest = (startMs: number, endMs: number) =>
      Array.from(layoutLevels([track], { ...axis, startMs, endMs }, 40).bands[0]!.buckets.max);
    const known = axis.widthPx / 4;
    expect(highest(0, 12).slice(0, known)).not.toContain(0);
    expect(new Set(highest(0, 12).slice(known))).toEqual(new Set([0]));
    expect(new Set(highest(6, 9))).toEqual(new Set([0]));
    const { makespan } = trace.meta;
    for (const { endMs } of [...queueTracks(trace), memoryTrack(trace)])
      expect(endMs).toBe(makespan);
  });
  it('a name too long for the margin cut short, never squeezed', () => {
    const long = { ...trace, meta: structuredClone(trace.meta) };
    long.meta.stages[0]!.name = 'Check all of them one by one';
    const { context, log } = recordingContext();
    paintLevels(context, layoutLevels(queueTracks(long), axis, 120), {
      theme: 'light',
      font: '11px sans-serif',
    });
    const name = log.find((line) => line.startsWith('fillText Ch'));
    expect(name).toContain('…');
  });
  it('the same schedule as SVG text, with hostile names escaped', () => {
    const hostile = asciiTrace(`
      stages  a
      w0      aaaa
    `);
    hostile.meta.stages[0]!.name = '<b>"&\u0000';
    const context = new SvgContext();
    paintSchedule(
      context.asCanvas,
      layoutSchedule({ axis, main: buildSchedule(hostile, 'stage'), heightPx: 40 }),
      { theme: 'light', font: '11px sans-serif"onload="y' },
    );
    const svg = context.toString(300, 40, 'x" onload="y');
    expect(svg).toContain('&lt;b&gt;&quot;&amp;</text>');
    expect(svg).toContain('aria-label="x&quot; onload=&quot;y"');
    expect(svg).not.toContain('<b>');
    expect(svg).not.toContain('"onload');
  });
  it('a strip of paired ratios: a dot each, the interval, the verdict in words', () => {
    const ratios = [1.8, 1.9, 1.85, 1.7, 1.95, 1.82, 1.88, 1.79, 1.84, 1.86, 1.81, 1.9];
    const svg = speedupStrip(ratios, pairedSpeedup(ratios, { seed: 1, votes: 1 }), {
      widthPx: 400,
      theme: 'light',
      label: 'four workers against one',
    });
    expect(svg.match(/<circle/g)).toHaveLength(12);
    expect(svg).toContain('four workers against one: faster, 1.8');
    expect(svg).not.toContain('NaN');
    const wide = speedupStrip([0.22, 0.4, 0.8, 1.1, 1.9], null, {
      widthPx: 600,
      theme: 'light',
      label: 'x',
    });
    const labels = [...wide.matchAll(/<text x="([\d.]+)"[^>]*>([\d.]+)×/g)];
    expect(labels.map(([, , ratio]) => ratio)).toContain('1');
    const places = labels.map(([, at]) => Number(at)).sort((a, b) => a - b);
    for (const [i, at] of places.slice(1).entries()) expect(at - places[i]!).toBeGreaterThan(39);
    const none = speedupStrip([], null, { widthPx: 300, theme: 'dark', label: 'x' });
    expect(none).not.toContain('NaN');
  });
});

describe('the time axis', () => {
  it('zooms around the pointer, stays within the run, and goes back and forth exactly', () => {
    const zoomed = zoomAt(axis, 120, 4);
    expect(pxToTime(zoomed, 120)).toBeCloseTo(pxToTime(axis, 120), 12);
    expect(timeToPx(zoomed, pxToTime(zoomed, 77))).toBeCloseTo(77, 9);
    expect(zoomAt(zoomed, 120, 1e-9)).toEqual(axis);
    expect(panBy(zoomed, 1e6).startMs).toBe(0);
    expect(panBy(zoomed, -1e6).endMs).toBeCloseTo(12);
  });
  it('labels round times in one unit', () => {
    expect(timeTicks(axis).map((tick) => tick.label)).toEqual(['0', '5 ms', '10 ms']);
    expect(timeTicks(fullAxis(90_000, 0, 500)).map((tick) => tick.label)).toContain('20 s');
    expect(timeTicks(fullAxis(0.4, 0, 500)).map((tick) => tick.label)).toContain('100 µs');
  });
  it('says the time once and then how long after it, where all of it would be too long', () => {
    const deep = showWindow(fullAxis(25_000, 0, 500), 13_920.856_65, 13_920.857_65);
    const ticks = timeTicks(deep);
    expect(ticks.map((tick) => tick.label)).toEqual([
      '13.9208568 s',
      '+ 200 ns',
      '+ 400 ns',
      '+ 600 ns',
      '+ 800 ns',
    ]);
    expect(ticks[1]!.ms - ticks[0]!.ms).toBeCloseTo(0.0002, 9);
  });
  it('shows no window in which rounding would be seen', () => {
    const closest = zoomAt(fullAxis(1e6, 0, 500), 250, 1e12);
    expect(closest.endMs - closest.startMs).toBeCloseTo(0.001, 9);
  });
});

describe('colours', () => {
  it('stand out from the ground by 3:1 and carry readable text, in both themes', () => {
    for (const theme of ['light', 'dark'] as const) {
      const colours = chartColours(theme);
      for (let stage = 0; stage < 40; stage++) {
        const fill = stageColour(stage, theme);
        expect(
          contrast(fill, colours.lane),
          `stage ${stage} ${theme} ${fill}`,
        ).toBeGreaterThanOrEqual(3);
        expect(contrast(fill, textOn(fill))).toBeGreaterThanOrEqual(4.5);
      }
      for (const ink of ['text', 'faintText', 'failure', 'warning', 'hit', 'focus'] as const) {
        expect(
          contrast(colours[ink], colours.background),
          `${ink} ${theme}`,
        ).toBeGreaterThanOrEqual(4.5);
      }
      expect(new Set(Array.from({ length: 10 }, (_, i) => stageColour(i, theme))).size).toBe(10);
    }
  });
});

describe('the palette', () => {
  it('takes each hue again, lighter and darker, as far as 3:1 allows', () => {
    for (const theme of ['light', 'dark'] as const) {
      const away = theme === 'light' ? -2 : 2;
      [12, -12, 20].forEach((lift, row) => {
        for (let hue = 0; hue < 10; hue++) {
          const wanted = hcl(stageColour(hue, theme));
          wanted.l += lift;
          while (contrast(wanted.formatHex(), chartColours(theme).lane) < 3) wanted.l += away;
          expect(stageColour(10 * (row + 1) + hue, theme)).toBe(wanted.formatHex());
        }
      });
      expect(stageColour(40, theme)).toBe(stageColour(0, theme));
    }
  });

  // Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
  const sights = {
    normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    protan: [
      0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
    ],
    deutan: [
      0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
    ],
  };
  const linear = (c: number) =>
    c <= 10.31475 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;
  const encoded = (c: number) => {
    const clipped = Math.min(1, Math.max(0, c));
    return 255 * (clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055);
  };
  const seen = (colour: string, m: number[]) => {
    const { r, g, b } = rgb(colour);
    const [red, green, blue] = [linear(r), linear(g), linear(b)];
    const row = (i: number) => encoded(m[i]! * red + m[i + 1]! * green + m[i + 2]! * blue);
    return lab(rgb(row(0), row(3), row(6)));
  };
  it('keeps ten stages apart for normal and colour-blind eyes, in both themes', () => {
    for (const theme of ['light', 'dark'] as const) {
      for (const matrix of Object.values(sights)) {
        const colours = Array.from({ length: 10 }, (_, i) => seen(stageColour(i, theme), matrix));
        colours.forEach((one, i) => {
          for (const other of colours.slice(0, i)) {
            const distance = Math.hypot(one.l - other.l, one.a - other.a, one.b - other.b);
            expect(distance).toBeGreaterThan(19);
          }
        });
      }
    }
  });
});

describe('the table', () => {
  it('says in words what the picture shows', () => {
    const [a, b] = new ScheduleTable(trace).page(0, 2);
    expect(a).toMatchObject({
      lane: 'worker 0',
      item: '0',
      stage: 'a',
      outcome: 'done',
      waits: '2 ms blocked downstream',
    });
    expect(b).toMatchObject({ stage: 'b', outcome: 'failed', startMs: 8 });
  });
});
