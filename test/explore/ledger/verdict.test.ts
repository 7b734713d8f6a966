import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  doesSumHold,
  isLevelSettled,
  isSettled,
  judgeClaim,
  judgeLevel,
  judgeRatio,
  leadingTrial,
} from '../../../src/explore/ledger/verdict.ts';
import {
  intervalText,
  rangeText,
  replayNote,
  unevenWords,
} from '../../../src/explore/ledger/words.ts';
import type { ClaimVerdict, Trial } from '../../../src/scenarios/claims/claim.ts';

/** An interval with its median: absent, in its middle. */
const between = (low: number, high: number, value = (low + high) / 2) => ({ low, high, value });

describe('a ratio', () => {
  it.each([
    // Reaches the low end of the claim, or beats it.
    [between(1.9, 2.1), { low: 2, high: 2 }, 'reproduced'],
    [between(3, 4), { low: 2, high: 2.5 }, 'reproduced'],
    [between(9, 11), { low: 10, high: 50 }, 'reproduced'],
    // As near as figures of one or two digits are: the median, not a lucky pair.
    [between(1.85, 1.96), { low: 2, high: 2 }, 'reproduced'],
    [between(1.7, 1.97, 1.8), { low: 2, high: 2 }, 'fell short'],
    [between(1.15, 1.321, 1.235), { low: 1.39 }, 'fell short'],
    // The claim is within, and only because the runs vary so much.
    [between(5.6, 12.3, 6.9), { low: 10 }, 'fell short'],
    [between(5.6, 12.3, 8.9), { low: 10 }, 'reproduced'],
    [between(1.01, 1.2), { low: 2, high: 2 }, 'fell short'],
    // No gain, or none worth the name.
    [between(0.4, 0.6), { low: 2, high: 2 }, 'refuted'],
    [between(0.9, 1.15), { low: 2, high: 2 }, 'refuted'],
    [between(0.97, 1.05, 1), { low: 1.1 }, 'refuted'],
    // Nobody can tell from these.
    [between(0.9, 1.2), { low: 2, high: 2 }, null],
    [between(0.9, 2.2), { low: 2, high: 2 }, null],
    [between(0.97, 1.09, 1.06), { low: 1.1 }, null],
    [between(0.94, 7.6, 3.1), { low: 2 }, null],
    // No figure: only that it is better.
    [between(1.01, 1.02), null, 'reproduced'],
    [between(0.99, 1.5), null, null],
    [between(0.99, 1.5), { high: 5 }, null],
    [between(0.95, 1.1), null, 'refuted'],
    // "No slower" needs no gain, but neither end may be a loss.
    [between(0.97, 1.01), { low: 1 }, 'reproduced'],
    [between(0.9, 1.01), { low: 1 }, null],
    [between(0.91, 0.956), { low: 1 }, 'refuted'],
    [between(0.7, 0.8), { low: 1 }, 'refuted'],
  ] as const)('of %o against %o: %s', (interval, claimed, verdict) => {
    expect(judgeRatio(interval, claimed)).toBe(verdict);
  });

  it('that is settled keeps its verdict however much the interval narrows', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const ends = fc.tuple(
      fc.double({ min: 0.1, max: 5, noNaN: true }),
      fc.double({ min: 0, max: 2, noNaN: true }),
      share,
    );
    const claims = fc.option(fc.record({ low: fc.double({ min: 0.5, max: 4, noNaN: true }) }));
    fc.assert(
      fc.property(ends, claims, share, share, share, ([low, width, middle], claimed, a, b, c) => {
        const wide = between(low, low + width, low + middle * width);
        if (!isSettled(wide, claimed)) return;
        const [from, at, to] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        const narrow = between(low + from * width, low + to * width, low + at * width);
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
    // Above where nothing is gained, and perhaps far below it.
    ['less', between(200, 320), { high: 100 }, 300, null],
    // Within only because the runs vary so much.
    ['less', between(80, 400, 200), { high: 100 }, undefined, 'refuted'],
    ['less', between(0, 0), { low: 0, high: 0 }, undefined, 'reproduced'],
    // Nothing at all is wanted, and some runs had some.
    ['less', between(0, 3, 0), { high: 0 }, undefined, 'refuted'],
    ['more', between(80, 90), { low: 85 }, 50, 'reproduced'],
    ['more', between(60, 70), { low: 85 }, 50, 'fell short'],
    ['more', between(40, 55), { low: 85 }, 50, 'refuted'],
    ['more', between(40, 80), { low: 85 }, 50, null],
    ['more', between(0.04, 0.06), { low: 15 }, 1, 'refuted'],
    ['more', between(40, 90), { low: 85 }, 50, null],
    ['more', between(90, 95), { low: 85, high: 88 }, 50, 'reproduced'],
    // A count is right or wrong: nothing at all is no better than too much.
    ['neither', between(10, 10), { low: 10, high: 10 }, undefined, 'reproduced'],
    ['neither', between(9.5, 10.5), { low: 9, high: 11 }, undefined, 'reproduced'],
    // Now and then right is not right.
    ['neither', between(9, 12), { low: 10, high: 10 }, undefined, null],
    ['neither', between(9, 10), { low: 10, high: 20 }, undefined, null],
    ['neither', between(0, 0), { low: 10, high: 10 }, undefined, 'refuted'],
    ['neither', between(11, 12), { low: 10, high: 10 }, undefined, 'refuted'],
  ] as const)('where %s is better, of %o against %o, no gain at %s: %s', (...of) => {
    const [better, interval, claimed, noGain, verdict] = of;
    const trial = { better, claimed, ...(noGain !== undefined && { noGain }) };
    expect(judgeLevel(interval, trial)).toBe(verdict);
  });
});

it('a level that is settled keeps its verdict however much the interval narrows', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const level = fc.integer({ min: 1, max: 50 });
  fc.assert(
    fc.property(
      fc.record({
        better: fc.constantFrom('less' as const, 'more' as const, 'neither' as const),
        claimed: fc.record({ low: level, high: level }),
        noGain: fc.option(level, { nil: undefined }),
      }),
      fc.tuple(level, fc.nat(20)),
      fc.tuple(share, share, share),
      ({ better, claimed, noGain }, [low, width], shares) => {
        const trial = { better, claimed, ...(noGain !== undefined && { noGain }) };
        const wide = between(low, low + width);
        if (width === 0 || !isLevelSettled(wide, trial)) return;
        const [from, at, to] = [...shares].sort((x, y) => x - y) as [number, number, number];
        const narrow = between(low + from * width, low + to * width, low + at * width);
        const verdict = judgeLevel(narrow, trial);
        // Where what is gained is little, a narrower interval may show it.
        const isSame = verdict === judgeLevel(wide, trial);
        expect([isSame, wide, narrow]).toEqual([true, wide, narrow]);
      },
    ),
  );
});

describe('a claim', () => {
  const live = { kind: 'compare' } as Trial;
  const played = { kind: 'compare', isReplay: true } as Trial;
  it.each([
    ['reproduced refuted', [live, live], 'refuted'],
    ['reproduced fell-short replayed', [live, live, played], 'fell short'],
    ['replayed replayed', [played, played], 'replayed'],
    // What was run decides, where anything is to be run.
    ['reproduced replayed', [live, played], 'reproduced'],
    ['open replayed', [live, played], null],
    ['reproduced open', [live, played], 'reproduced'],
    // What is open might be weaker.
    ['reproduced open', [live, live], null],
    ['fell-short open', [live, live], null],
    ['refuted open', [live, live], 'refuted'],
    ['replayed open', [played, played], null],
    ['open open', [live, live], null],
  ] as const)('of trials %s is %s', (of, trials, verdict) => {
    const outcomes = of.split(' ').map((word) => ({
      verdict: word === 'open' ? null : (word.replace('-', ' ') as ClaimVerdict),
    }));
    expect(judgeClaim({ trials: [...trials] }, outcomes)).toBe(verdict);
  });

  it('shows the first trial with its verdict, or the first that is open', () => {
    const outcome = { measured: null, unit: '×', predicted: null, note: '' };
    const told = (['reproduced', 'refuted', null, 'refuted', null] as const).map((verdict, at) => {
      return { ...outcome, name: `${at}`, verdict };
    });
    expect(leadingTrial({ verdict: 'refuted', trials: told })!.name).toBe('1');
    expect(leadingTrial({ verdict: null, trials: told })!.name).toBe('2');
    expect(leadingTrial({ verdict: 'cannot add up', trials: [] })).toBeUndefined();
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

  it.each([
    [1.11, { low: 1.15, high: 1.25 }, '×', '1.11×, below the claimed 1.15–1.25×.'],
    [1.2, { low: 1.15, high: 1.25 }, '×', '1.20×, within the claimed 1.15–1.25×.'],
    [190, { low: 250, high: 350 }, 'ms', '190 ms, below the claimed 250–350 ms.'],
    [400, { low: 250, high: 350 }, 'ms', '400 ms, above the claimed 250–350 ms.'],
    [39.1, { low: 39, high: 39 }, 's', '39.1 s, which is the claimed 39 s.'],
    [7.9, { low: 8 }, '×', '7.90×, short of the claimed at least 8×.'],
    [8, { low: 8 }, '×', '8.00×, which reaches the claimed at least 8×.'],
    [10, { high: 10 }, 'ms', '10 ms, which keeps to the claimed at most 10 ms.'],
    [12, { high: 10 }, 'ms', '12 ms, more than the claimed at most 10 ms.'],
    [1.5, null, '×', '1.50×: better, as far as they go.'],
    [1, null, '×', '1.00×: no better, as far as they go.'],
  ])('of played durations that come to %s, with %o claimed', (value, claimed, unit, text) => {
    expect(replayNote(value, claimed, unit)).toBe(`Played durations come to ${text}`);
  });

  it('say of what the runs leave open what was asked: a gain, no loss, or a right count', () => {
    const uneven = 'The runs vary too much to tell: their interval reaches from';
    expect(unevenWords({ low: 2 })).toBe(`${uneven} no gain to a clear one.`);
    expect(unevenWords(null)).toBe(`${uneven} no gain to a clear one.`);
    expect(unevenWords({ low: 1 })).toBe(`${uneven} clearly slower to no slower.`);
    expect(unevenWords('right')).toBe(`${uneven} inside what is claimed to outside.`);
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
