import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerAt,
  isNearLimit,
  lessonValue,
  rightAnswer,
  verdictOf,
  type LessonValue,
} from '../../src/measure/lesson-grade.ts';
import { quantityOf } from '../../src/measure/quantity.ts';
import { summarize } from '../../src/measure/summary.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { runQuantities, stageQuantities } from '../../src/pipeline/run-quantities.ts';
import type { LessonStep } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';

const chosen = (limits: number[]): LessonStep => ({
  title: 't',
  text: '',
  ask: '?',
  answers: [...limits, 0].map((_, index) => `answer ${index}`),
  grade: { quantity: 'makespan', limits },
});
const guessed = (within: number): LessonStep => ({
  title: 't',
  text: '',
  ask: '?',
  grade: { quantity: 'makespan', within },
});
const exactly = (value: number): LessonValue => ({ value, low: value, high: value, runs: 1 });

const positive = fc.double({ min: 0.001, max: 1e6, noNaN: true });
const risingLimits = fc
  .uniqueArray(positive, { minLength: 2, maxLength: 5 })
  .map((limits) => limits.sort((a, b) => a - b));
const runs = fc.array(positive, { minLength: 1, maxLength: 7 });

describe('the answer that a value stands for', () => {
  it('lies between its limits, whichever way they go', () => {
    fc.assert(
      fc.property(risingLimits, positive, (limits, value) => {
        const at = answerAt(limits, value);
        expect(value).toBeGreaterThan(limits[at - 1] ?? -1);
        expect(value).toBeLessThanOrEqual(limits[at] ?? Infinity);
        expect(answerAt(limits.toReversed(), value)).toBe(limits.length - at);
      }),
    );
  });

  it('is the only right one, unless the runs lie on both sides of a limit', () => {
    fc.assert(
      fc.property(risingLimits, runs, fc.nat(5), (limits, values, guess) => {
        const step = chosen(limits);
        const measured = lessonValue(values)!;
        const right = rightAnswer(step, measured);
        const places = new Set(values.map((value) => answerAt(limits, value)));
        expect(right === null).toBe(places.size > 1);
        const verdict = verdictOf(step, guess, measured);
        if (right === null) expect(verdict).toBe('too close to call');
        else expect(verdict).toBe(guess === right ? 'right' : 'wrong');
      }),
    );
  });
});

describe('a guessed number', () => {
  const shares = fc.double({ min: 0.01, max: 0.5, noNaN: true });
  it('is right as near to one value as was asked for, and wrong beyond', () => {
    fc.assert(
      fc.property(shares, positive, positive, (within, value, guess) => {
        const off = Math.abs(guess - value) / value;
        fc.pre(Math.abs(off - within) > 1e-9);
        expect(verdictOf(guessed(within), guess, exactly(value))).toBe(
          off < within ? 'right' : 'wrong',
        );
      }),
    );
  });
  it('is never wrong where a run came to it, and never right where it is wrong of every run', () => {
    fc.assert(
      fc.property(shares, runs, fc.nat(6), positive, (within, values, at, guess) => {
        const step = guessed(within);
        const measured = lessonValue(values)!;
        expect(verdictOf(step, values[at % values.length]!, measured)).toBe('right');
        const isInside = guess >= measured.low && guess <= measured.high;
        const { low, high } = measured;
        if (!isInside && [low, high].every((v) => verdictOf(step, guess, exactly(v)) === 'wrong'))
          expect(verdictOf(step, guess, measured)).not.toBe('right');
      }),
    );
  });
});

describe('the value of several runs', () => {
  it('holds all single ratios when it is held against another step', () => {
    fc.assert(
      fc.property(runs, runs, (own, against) => {
        const { value, low, high } = lessonValue(own, against)!;
        for (const a of own)
          for (const b of against) {
            expect(a / b).toBeGreaterThanOrEqual(low);
            expect(a / b).toBeLessThanOrEqual(high);
          }
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
      }),
    );
  });
  it('is none of no run, and none against nothing', () => {
    expect(lessonValue([])).toBeNull();
    expect(lessonValue([1], [])).toBeNull();
    expect(lessonValue([1], [0, 2])).toBeNull();
  });
  it('asks for more runs only near a limit', () => {
    expect(isNearLimit(chosen([100, 200]), exactly(110))).toBe(true);
    expect(isNearLimit(chosen([100, 200]), exactly(190))).toBe(true);
    expect(isNearLimit(chosen([100, 200]), exactly(140))).toBe(false);
    expect(isNearLimit(guessed(0.1), exactly(140))).toBe(true);
  });
});

describe('a number of a run', () => {
  const pipeline = withDefaults({
    format: 'millrace/1',
    source: { kind: 'count', count: 20 },
    stages: [{ id: 'call', permits: 2, work: { kind: 'synthetic', phases: [{ wait: 10 }] } }],
    machine: { workers: 1, tasksPerWorker: 8 },
  });
  const summary = summarize(simulate(pipeline, { cores: 1 }).trace, pipeline);
  const facts = { summary, counters: [], results: {} };
  it('is found by every place there is', () => {
    for (const place of runQuantities) expect(quantityOf(facts, place), place).toBeTypeOf('number');
    for (const place of stageQuantities)
      expect(quantityOf(facts, `stages/call/${place}`), place).toBeTypeOf('number');
    expect(quantityOf(facts, 'makespan')).toBe(100);
    expect(quantityOf(facts, 'stages/call/queue/max')).toBe(18);
  });
});
