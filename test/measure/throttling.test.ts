import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { sourceLine } from '../../src/measure/source-line.ts';
import { countingSeries, maxOf, valueAt, type StepSeries } from '../../src/measure/step-series.ts';
import { lengthMs, spansWhere, throttledSpans } from '../../src/measure/throttling.ts';
import { cpuStage, document, simulateDocument } from '../sim/run.ts';

const times = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 });
const series = fc.record({ from: times, lasts: times }).map(({ from, lasts }): StepSeries => {
  const to = from.map((ms, i) => ms + 1 + (lasts[i] ?? 0));
  return countingSeries(Float64Array.from(from), Float64Array.from(to));
});

describe('spans where something holds', () => {
  it('are those of looking at every instant', () => {
    fc.assert(
      fc.property(series, series, fc.integer({ min: 1, max: 3 }), (one, other, least) => {
        const endMs = 100;
        const holds = (values: readonly number[]) => values[0]! >= least && values[1]! === 0;
        const { from, to } = spansWhere([one, other], endMs, holds);
        for (let ms = 0.5; ms < endMs; ms++) {
          const inSpan = from.some((start, i) => start <= ms && ms < to[i]!);
          expect(inSpan).toBe(holds([valueAt(one, ms), valueAt(other, ms)]));
        }
        for (let i = 1; i < from.length; i++) expect(from[i]).toBeGreaterThan(to[i - 1]!);
      }),
    );
  });
  it('go on to the end when nothing ends them', () => {
    const still = countingSeries(Float64Array.of(3), new Float64Array(0));
    expect(lengthMs(spansWhere([still], 10, ([value]) => value! > 0))).toBe(7);
  });
});

describe('throttling', () => {
  const queue = countingSeries(Float64Array.of(1, 2), Float64Array.of(5, 6));
  const held = countingSeries(Float64Array.of(0, 4), Float64Array.of(3, 8));
  const idle: StepSeries = { time: new Float64Array(0), value: new Float64Array(0) };
  const spans = (about: Partial<Parameters<typeof throttledSpans>[0]>, source = idle) => {
    const inlet = { capacity: 2, parents: [0], isShared: false, ...about };
    const { from, to } = throttledSpans(inlet, queue, [held], source, 10);
    return Array.from(from, (ms, i) => [ms, to[i]]);
  };
  it('is the time in which a parent was blocked', () => {
    expect(spans({})).toEqual([
      [0, 3],
      [4, 8],
    ]);
  });
  it('of a parent with other children, only while this buffer is full', () => {
    expect(spans({ isShared: true })).toEqual([
      [2, 3],
      [4, 5],
    ]);
  });
  it('of the source, while the buffer is full and items wait to be let in', () => {
    expect(spans({ parents: [] }, held)).toEqual([
      [2, 3],
      [4, 5],
    ]);
  });
  it('of an endless buffer, never', () => {
    expect(spans({ capacity: null })).toEqual([]);
  });
});

describe('the line before the source', () => {
  const chain = [cpuStage('a', 5)];
  it('is empty where everything is let in at once', () => {
    const { trace } = simulateDocument(document(chain, { source: { kind: 'count', count: 30 } }));
    expect(maxOf(sourceLine(trace))).toBe(0);
  });
  it('holds items while as many are in flight as may be, and empties when the last is let in', () => {
    const { trace } = simulateDocument(
      document(chain, {
        source: { kind: 'count', count: 30 },
        machine: { workers: 1, inFlight: 3 },
      }),
    );
    const line = sourceLine(trace);
    expect(valueAt(line, 1)).toBe(27);
    expect(valueAt(line, trace.meta.makespan - 1)).toBe(0);
    expect(line.value.every((value, i) => i === 0 || value < line.value[i - 1]!)).toBe(true);
  });
  it('goes on to the end for those that were never let in', () => {
    const { trace } = simulateDocument(
      document(chain, {
        source: { kind: 'count', count: 30 },
        machine: { workers: 1, inFlight: 3 },
      }),
    );
    // As it was when the run had been going for a while.
    const admitted = 10;
    const cut = { ...trace, meta: { ...trace.meta, items: { ...trace.meta.items } } };
    cut.meta.items.emitted = admitted;
    const { marks } = trace;
    cut.marks = { ...marks, count: admitted - 3 };
    expect(valueAt(sourceLine(cut), trace.meta.makespan)).toBe(30 - admitted);
  });
});
