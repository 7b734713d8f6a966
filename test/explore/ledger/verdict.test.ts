import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decidingTrial,
  doesSumHold,
  isSettled,
  judgeClaim,
  judgeLevel,
  judgeRatio,
} from '../../../src/explore/ledger/verdict.ts';
import { intervalText, rangeText } from '../../../src/explore/ledger/words.ts';
import type { ClaimVerdict, Trial } from '../../../src/scenarios/claims/claim.ts';

const between = (low: number, high: number) => ({ low, high });

describe('a ratio', () => {
  it.each([
    // Reaches the low end of the claim, or beats it.
    [between(1.9, 2.1), between(2, 2), 'reproduced'],
    [between(3, 4), between(2, 2.5), 'reproduced'],
    [between(9, 11), between(10, 50), 'reproduced'],
    // As near as figures of one or two digits are.
    [between(1.85, 1.92), between(2, 2), 'reproduced'],
    [between(1.7, 1.88), between(2, 2), 'fell short'],
    [between(1.01, 1.2), between(2, 2), 'fell short'],
    [between(0.9, 1.2), between(2, 2), 'refuted'],
    [between(0.4, 0.6), between(2, 2), 'refuted'],
    [between(0.9, 2.2), between(2, 2), null],
    // No figure: only that it is better.
    [between(1.01, 1.02), null, 'reproduced'],
    [between(0.99, 1.5), null, 'refuted'],
    [between(0.99, 1.5), { high: 5 }, 'refuted'],
    // "No slower" needs no gain.
    [between(0.97, 1.01), { low: 1 }, 'reproduced'],
    [between(0.7, 0.8), { low: 1 }, 'refuted'],
  ] as const)('of %o against %o: %s', (interval, claimed, verdict) => {
    expect(judgeRatio(interval, claimed)).toBe(verdict);
  });

  it('that is settled keeps its verdict however much the interval narrows', () => {
    const ends = fc.tuple(
      fc.double({ min: 0.1, max: 5, noNaN: true }),
      fc.double({ min: 0, max: 2, noNaN: true }),
    );
    const claims = fc.option(fc.record({ low: fc.double({ min: 0.5, max: 4, noNaN: true }) }));
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(ends, claims, share, share, ([low, width], claimed, a, b) => {
        const wide = between(low, low + width);
        if (!isSettled(wide, claimed)) return;
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const narrow = between(low + from * width, low + to * width);
        expect(judgeRatio(narrow, claimed)).toBe(judgeRatio(wide, claimed));
      }),
    );
  });
});

describe('a level', () => {
  it.each([
    ['less', between(80, 120), { high: 100 }, undefined, 'reproduced'],
    ['less', between(101, 120), { high: 100 }, undefined, 'refuted'],
    ['less', between(101, 120), { high: 100 }, 300, 'fell short'],
    ['less', between(280, 320), { high: 100 }, 300, 'refuted'],
    ['less', between(80, 320), { high: 100 }, 300, null],
    ['less', between(0, 0), between(0, 0), undefined, 'reproduced'],
    ['more', between(80, 90), { low: 85 }, 50, 'reproduced'],
    ['more', between(60, 70), { low: 85 }, 50, 'fell short'],
    ['more', between(40, 60), { low: 85 }, 50, 'refuted'],
    ['more', between(40, 90), { low: 85 }, 50, null],
    ['more', between(90, 95), { low: 85, high: 88 }, 50, 'reproduced'],
    // A count is right or wrong: nothing at all is no better than too much.
    ['neither', between(10, 10), between(10, 10), undefined, 'reproduced'],
    ['neither', between(9, 12), between(10, 10), undefined, 'reproduced'],
    ['neither', between(0, 0), between(10, 10), undefined, 'refuted'],
    ['neither', between(11, 12), between(10, 10), undefined, 'refuted'],
  ] as const)('where %s is better, of %o against %o, no gain at %s: %s', (...of) => {
    const [better, interval, claimed, noGain, verdict] = of;
    const trial = { better, claimed, ...(noGain !== undefined && { noGain }) };
    expect(judgeLevel(interval, trial)).toBe(verdict);
  });
});

describe('a claim', () => {
  const trials = [{}, {}] as Trial[];
  it.each([
    [['reproduced', 'refuted'], 'refuted'],
    [['reproduced', 'fell short', 'replayed'], 'fell short'],
    [['reproduced', 'replayed'], 'reproduced'],
    [['replayed', 'replayed'], 'replayed'],
    [['replayed', null], 'replayed'],
    [['reproduced', null], 'reproduced'],
    [[null, null], null],
  ] as [(ClaimVerdict | null)[], ClaimVerdict | null][])('of trials %o is %s', (of, verdict) => {
    const outcomes = of.map((one) => ({ verdict: one }));
    expect(judgeClaim({ trials }, outcomes)).toBe(verdict);
  });

  it('is decided by the first trial with its verdict', () => {
    const outcome = { measured: null, unit: '×', predicted: null, note: '' };
    const told = (['reproduced', 'refuted', 'refuted'] as const).map((verdict, at) => {
      return { ...outcome, name: `${at}`, verdict };
    });
    expect(decidingTrial({ verdict: 'refuted', trials: told })!.name).toBe('1');
    expect(decidingTrial({ verdict: null, trials: told })).toBeUndefined();
  });

  it('without trials stands or falls with its sums, which are rounded', () => {
    const sum = (result: number, claimed: object) => {
      return { working: '', result, unit: '×', claimed, follows: '' };
    };
    expect(doesSumHold(sum(29.5, { low: 29, high: 29 }))).toBe(true);
    expect(doesSumHold(sum(10, { low: 100 }))).toBe(false);
    expect(doesSumHold(sum(10, { high: 9 }))).toBe(false);
    expect(doesSumHold({ result: 10 })).toBe(true);
    const bad = sum(10, { low: 50 });
    expect(judgeClaim({ trials: [], sums: [sum(2, { low: 2 }), bad] }, [])).toBe('cannot add up');
    expect(judgeClaim({ trials: [], sums: [sum(2, { low: 2 })] }, [])).toBe('not testable');
    expect(judgeClaim({ trials: [] }, [])).toBe('not testable');
  });
});

describe('words', () => {
  it.each([
    [{ low: 10, high: 50 }, '×', '10–50×'],
    [{ low: 2, high: 2 }, '×', '2×'],
    [{ low: 85 }, '%', 'at least 85 %'],
    [{ high: 1000 }, 'ms', 'at most 1 s'],
    [{ low: 460, high: 860 }, 'ms', '460–860 ms'],
    [{ low: 460, high: 1200 }, 'ms', '460 ms–1.2 s'],
    [{ low: 60, high: 70 }, '%', '60–70 %'],
    [null, '×', 'better'],
  ])('claim %o %s: %s', (range, unit, text) => {
    expect(rangeText(range, unit)).toBe(text);
  });

  it('show no more digits of a ratio than its interval supports', () => {
    const interval = { value: 1.8312, low: 1.7934, high: 1.8812, samples: 12 };
    expect(intervalText(interval, '×')).toBe('1.83× (1.79–1.88)');
    expect(intervalText({ ...interval, low: 1.2, high: 2.9 }, '×')).toBe('1.8× (1.2–2.9)');
    expect(intervalText({ ...interval, low: 1.8312, high: 1.8312 }, '×')).toBe('1.83×');
    expect(intervalText({ value: 12, low: 11, high: 13, samples: 9 }, 'ms')).toBe(
      '12 ms (11–13 ms)',
    );
  });
});
