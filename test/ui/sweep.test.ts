import { describe, expect, it } from 'vitest';
import type { MeasuredPoint } from '../../src/charts/canvas/paint-trade-off.ts';
import { heatScale } from '../../src/charts/heat-scale.ts';
import { layoutTradeOff } from '../../src/charts/layout/trade-off.ts';
import { sweepAxes } from '../../src/explore/sweep.ts';
import { tradeOffPoints } from '../../src/explore/trade-off.ts';
import type { TrialOutcome } from '../../src/explore/trials.ts';
import type { Speedup } from '../../src/measure/speedup.ts';
import { applySet } from '../../src/pipeline/edit.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { spanEnd, tradeOffRoom } from '../../src/ui/sweep/chart-room.ts';
import {
  disagreement,
  measuredCells,
  measuredText,
  type MeasuredCell,
} from '../../src/ui/sweep/measured-cells.ts';
import { usualCells } from '../../src/ui/sweep/measure-front.ts';
import { suggestedFields, suggestedSweep, usualValues } from '../../src/ui/sweep/sweep-fields.ts';
import { bestCell, cellIn, figuresIn, spotIn, usualAxes } from '../../src/ui/sweep/sweep-view.ts';
import {
  frontVerdict,
  measuredVerdict,
  sweepCsv,
  sweepVerdict,
  SweepWords,
} from '../../src/ui/sweep/sweep-words.ts';

const document: PipelineDocument = {
  format: 'millrace/1',
  stages: [
    {
      id: 'resize',
      name: 'Resize',
      permits: 2,
      work: { kind: 'synthetic', phases: [{ cpu: 3 }] },
    },
    {
      id: 'save',
      after: ['resize'],
      buffer: { capacity: 4 },
      work: { kind: 'synthetic', phases: [{ wait: 3 }] },
    },
  ],
  machine: { workers: 2, cores: 2 },
  sweep: {
    '/stages/resize/permits': [1, 2],
    '/machine/workers': [1, 2, 4],
    '/stages/save/buffer/whenFull': ['throttle', 'drop-newest'],
  },
};
const axes = sweepAxes(document);
const words = new SweepWords(document, axes);
const outcome = (makespanMs: number, more: Partial<TrialOutcome> = {}): TrialOutcome => ({
  ...{ makespanMs, latencyP95Ms: 1000 / makespanMs, memoryPeakBytes: 100, lost: 0, delivered: 10 },
  problem: null,
  ...more,
});
/** The quick ones lose items; one cannot be simulated, the last is yet to come. */
const outcomes = Array.from({ length: 12 }, (_, cell) =>
  cell === 11
    ? undefined
    : cell === 4
      ? outcome(0, { problem: 'It does not fit.' })
      : outcome(100 - cell, cell % 2 === 1 ? { makespanMs: 10, lost: 3 } : {}),
);

describe('what is shown of a sweep', () => {
  it('lays any two fields out as a map, and knows where each cell of it is', () => {
    expect(usualAxes(axes)).toEqual({ x: 1, y: 0 });
    const slice = { x: 1, y: 2, place: [1, 0, 0] };
    const seen = new Set<number>();
    for (let row = 0; row < 2; row++) {
      for (let column = 0; column < 3; column++) {
        const cell = cellIn(axes, slice, column, row);
        seen.add(cell);
        expect(spotIn(axes, slice, cell)).toEqual({ column, row });
      }
    }
    expect(seen.size).toBe(6);
    expect(spotIn(axes, slice, 0)).toBeNull();
    const figures = figuresIn(axes, slice, outcomes, 'lost');
    expect([...figures]).toEqual([0, 0, 0, 3, 3, NaN]);
  });

  it('calls nothing best that drops work to be quick', () => {
    expect(bestCell(outcomes, 'makespanMs')).toBe(10);
    expect(bestCell([undefined, outcomes[4]], 'makespanMs')).toBeNull();
    const points = tradeOffPoints(outcomes, 'makespanMs', 'latencyP95Ms', false);
    expect(points.map(({ x }) => Number.isFinite(x))).toEqual(
      outcomes.map((one) => one?.problem === null && one.lost === 0),
    );
    const all = tradeOffPoints(outcomes, 'makespanMs', 'latencyP95Ms', true);
    expect(all.filter(({ x }) => Number.isFinite(x))).toHaveLength(10);
  });

  it('calls the cheapest best of those that are as good', () => {
    // Permits 1 and 2, each with workers 1, 2, 4: the last ones gain less than anybody could measure.
    const alike = outcomes.map((_, cell) => outcome(cell < 2 ? 80 : 50 - cell / 100));
    expect(bestCell(alike, 'makespanMs')).toBe(11);
    const best = bestCell(alike, 'makespanMs', words.compareCosts)!;
    expect(words.nameOf(best)).toMatch(/^Resize: Permits 2, Workers 1/);
  });

  it('says what it found in words', () => {
    expect(words.nameOf(10)).toBe('Resize: Permits 2, Workers 4, save: When full throttle');
    const said = sweepVerdict(words, outcomes, 'makespanMs', 2);
    expect(said).toContain('Least makespan predicted among the settings that lose nothing: 90 ms');
    expect(said).toContain(words.nameOf(10));
    expect(said).toContain('The document as it is: 98 ms, 8.9 % more.');
    expect(sweepVerdict(words, outcomes, 'makespanMs', 10)).toContain('what the document says now');
    const alike = outcomes.map(() => outcome(50));
    expect(sweepVerdict(words, alike, 'makespanMs', null)).toContain('make no difference');
    expect(frontVerdict([{ index: 3, alike: [] }], 'Makespan', 'Memory peak')).toBe(
      'There is nothing to give up: one setting is best in both makespan and memory peak.',
    );
  });

  it('does not call least what is only nearly so, nor a difference of nothing one', () => {
    // The cheapest of all has 463 ms, and the least is 462 ms; the rest is far off.
    const near = outcomes.map((_, cell) => outcome(cell === 0 ? 463 : cell === 5 ? 462 : 900));
    const said = sweepVerdict(words, near, 'makespanMs', 5);
    expect(said).toContain(
      `Least makespan predicted: 462 ms. The cheapest within 0.5 % of that: 463 ms with ${words.nameOf(0)}.`,
    );
    expect(said).toContain('The document as it is: 462 ms, within 1 % of that.');
    const alike = outcomes.map((_, cell) => outcome(733 + (cell === 0 ? 0.001 : 0)));
    const same = sweepVerdict(words, alike, 'makespanMs', 3);
    expect(same).toContain(`733 ms. The cheapest within 0.5 % of that: ${words.nameOf(0)}.`);
    expect(same).not.toContain('0 % more');
  });

  it('says what was measured, and whether a difference was seen', () => {
    const cellOf = (verdict: Speedup['verdict'], ratio: number): MeasuredCell => ({
      ...{ medianMs: 600 / ratio, interval: null, runs: 12, problem: null, isReference: false },
      speedup: { ratio, low: ratio - 0.02, high: ratio + 0.02, verdict, pairs: 12, digits: 2 },
    });
    const measured = new Map([
      [2, { ...cellOf('faster', 1), isReference: true, speedup: null }],
      [7, cellOf('no difference seen', 1.01)],
      [8, cellOf('faster', 1.2)],
    ]);
    expect(measuredVerdict(words, measured, 7)).toBe(
      ' Measured with it: 594 ms, 1.01× (0.99–1.03) against the document as it was then: no difference seen.',
    );
    expect(measuredVerdict(words, measured, 10)).toContain(`Measured with ${words.nameOf(8)}: 500`);
    const few = new Map([[7, { ...cellOf('faster', 1), speedup: null }]]);
    expect(measuredVerdict(words, few, 7)).toBe(
      ' Measured with it: 600 ms; too few pairs to say whether the document as it was then takes longer.',
    );
    expect(measuredVerdict(words, new Map([[2, measured.get(2)!]]), 7)).toBe('');
  });

  it('writes every cell into a table for spreadsheets', () => {
    const lines = sweepCsv(words, axes, outcomes);
    expect(lines).toHaveLength(13);
    expect(lines[0]).toContain('Resize: Permits,Workers,save: When full,Makespan (ms)');
    expect(lines[1]).toBe('1,1,throttle,100,10,100,0,\r\n');
    expect(lines[5]).toBe('1,4,throttle,,,,,It does not fit.\r\n');
  });
});

describe('its charts', () => {
  const layout = (points: { x: number; y: number }[], measured: MeasuredPoint[]) =>
    layoutTradeOff(
      {
        ...{ points: [...points, ...tradeOffRoom(points, measured)], front: [0] },
        ...{ xLabel: 'x', yLabel: 'y', formatX: String, formatY: String },
      },
      ...([600, 280] as const),
    );
  const points = [
    { x: 362, y: 80 },
    { x: 602, y: 40 },
    { x: NaN, y: NaN },
  ];

  it('have room for the whole of what was measured', () => {
    const measured = [
      { index: 0, along: 'x' as const, median: 990, low: 940, high: 1010 },
      { index: 1, along: 'y' as const, median: 50, low: 10, high: 300 },
    ];
    const { plot, xPx, yPx, nearest } = layout(points, measured);
    expect(xPx(1010)).toBeLessThanOrEqual(plot.rightPx);
    expect(yPx(300)).toBeGreaterThanOrEqual(plot.topPx);
    expect(yPx(10)).toBeLessThanOrEqual(plot.bottomPx);
    // What only makes room is no dot.
    expect(nearest(xPx(1010), yPx(300))).toBe(-1);
    expect(nearest(xPx(602), yPx(40))).toBe(1);
  });

  it('draw no small difference as a large one', () => {
    const { plot, xPx } = layout(
      [733, 733.2, 734].map((x) => ({ x, y: 5 })),
      [],
    );
    expect(xPx(734) - xPx(733)).toBeLessThan(0.05 * (plot.rightPx - plot.leftPx));
    const values = [462, 464, 467];
    const scale = heatScale([...values, spanEnd(values)])!;
    expect(scale.ticks(4).every(({ share }) => share <= 1)).toBe(true);
    expect(scale.end).toBeCloseTo(462 * 1.05, 6);
    expect(spanEnd([0, 3])).toBeNaN();
    expect(spanEnd([NaN, Infinity])).toBeNaN();
    // A large one is drawn as it is.
    const wide = [362, 602];
    expect(heatScale([...wide, spanEnd(wide)])!.end).toBe(602);
  });
});

describe('what is swept', () => {
  it('suggests what binds against the workers, first', () => {
    const sweep = suggestedSweep(document, 2, 'permits:save');
    expect(Object.keys(sweep)[0]).toBe('/stages/save/permits');
    expect(Object.keys(sweep)).toHaveLength(2);
    expect(suggestedSweep(document, 2)['/machine/workers']).toContain(2);
    // Names of limits are anything, also what pointers and keys are made of.
    for (const [name, escaped] of [
      ['api/v1', 'api~1v1'],
      ['x:y~', 'x:y~0'],
    ] as const) {
      const limited = { ...document, limits: { [name]: 4 } };
      const [first] = Object.keys(suggestedSweep(limited, 2, `limit:${name}`));
      expect(first).toBe(`/limits/${escaped}`);
    }
  });

  it('suggests for every shipped document a sweep that it takes, the present value among each field’s', async () => {
    for (const entry of gallery) {
      const shipped = await entry.load();
      const sweep = suggestedSweep(shipped, 4);
      expect(Object.keys(sweep).length, entry.id).toBeGreaterThan(0);
      expect(parseDocument({ ...shipped, sweep }).problems.filter(isError), entry.id).toEqual([]);
      for (const { values } of suggestedFields(shipped, 4))
        expect(values.length, entry.id).toBeLessThanOrEqual(8);
    }
  });

  it('gives every field somebody adds values that the document takes', () => {
    for (const pointer of ['/machine/order', '/source/count', '/machine/inFlight', '/seed']) {
      const values = usualValues(document, 2, pointer);
      expect(values.length, pointer).toBeGreaterThan(1);
      for (const value of values)
        expect(applySet(document, { [pointer]: value }).ok, `${pointer} ${String(value)}`).toBe(
          true,
        );
    }
  });
});
const isError = ({ severity }: { severity: string }): boolean => severity === 'error';

describe('what was measured of its cells', () => {
  const times = (middle: number): number[] =>
    Array.from({ length: 13 }, (_, at) => middle + (at - 6));
  const comparison = (differentWork: string | null) => ({
    ...{ name: '', ratios: [], speedup: null, looks: [], differentWork },
  });
  const found = measuredCells(
    {
      makespansMs: [times(100), times(80), [70, 71], []],
      comparisons: [comparison(null), comparison(null), comparison('It did other work.')],
    },
    [2, 7, 8, 9],
  );

  it('is the median with its interval, by cell', () => {
    expect(found.get(2)).toMatchObject({ medianMs: 100, runs: 13, problem: null });
    const { lowMs, highMs } = found.get(7)!.interval!;
    // The third of thirteen from either end: the sign test at 5 %.
    expect([lowMs, highMs]).toEqual([76, 84]);
    expect(found.get(8)!.interval).toBeNull();
    expect(measuredText(found.get(8)!)).toBe('70.5 ms (2 runs, no interval yet)');
    expect(measuredText(found.get(9)!)).toBe('It did other work.');
  });

  it('flags a prediction more than 5 % outside the interval, and no other', () => {
    const measured = found.get(7)!;
    const flagged = [72, 72.3, 80, 88, 88.3].map((ms) => disagreement(ms, measured)!.isFlagged);
    expect(flagged).toEqual([true, false, false, false, true]);
    expect(disagreement(88, measured)!.share).toBeCloseTo(0.1, 9);
    expect(disagreement(88, found.get(8)!)).toBeNull();
    expect(disagreement(88, found.get(9)!)).toBeNull();
  });

  it('is by default some of the front, without what is measured anyway', () => {
    const front = Array.from({ length: 20 }, (_, at) => at);
    expect(usualCells(front, 0)).toHaveLength(6);
    expect(usualCells(front, 0)).not.toContain(0);
    expect(usualCells([4], 4)).toEqual([]);
  });
});
