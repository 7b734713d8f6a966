import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  judgeResults,
  judgeSchedule,
  judgeTimes,
  measuredSpeedup,
  withPickedFiles,
  type Measurement,
} from '../../src/measure/reproduction.ts';

const environment = {
  ...{ browser: 'Chromium 156.0', cores: 8, isolated: true, timerStepMs: 0.005, hidden: false },
};
const elsewhere = { ...environment, browser: 'Firefox 149.0', cores: 2 };

/** So many runs of about so long, one a few ‰ from the next; with the sequential ones in turns. */
function measured(runs: number, ms: number, speedup: number | null, of = environment): Measurement {
  const makespans = Array.from({ length: runs }, (_, run) => ms * (1 + ((run * 7) % 11) / 1000));
  return {
    environment: of,
    makespans,
    ...(speedup !== null && {
      sequential: makespans.map((own, run) => own * speedup * (1 + ((run * 5) % 13) / 1000)),
    }),
    results: 'ab'.repeat(16),
    schedule: { digest: '0f'.repeat(32), cores: 8 },
  };
}

const bare: Measurement = { environment: null, makespans: [], results: null, schedule: null };

const time = fc.double({ min: 0.1, max: 1e5, noNaN: true });
const environments = fc.constantFrom(null, environment, elsewhere);
/** With and without sequential ones, as many or not. */
const arbitraryMeasurement: fc.Arbitrary<Measurement> = fc
  .record({
    environment: environments,
    makespans: fc.array(time, { minLength: 1, maxLength: 40 }),
    others: fc.option(fc.array(time, { minLength: 1, maxLength: 40 })),
    arePaired: fc.boolean(),
    results: fc.constantFrom(null, 'ab'.repeat(16), 'cd'.repeat(16)),
  })
  .map(({ others, arePaired, makespans, ...rest }) => ({
    ...rest,
    makespans,
    ...(others && {
      sequential: arePaired ? makespans.map((ms, at) => ms + others[at % others.length]!) : others,
    }),
    schedule: null,
  }));

describe('a document that reads files its reader picks', () => {
  const claimed = measured(12, 100, 2);
  it('is judged like any other where the results are the same', () => {
    const own = measured(12, 100, 2);
    const found = judgeTimes(claimed, own);
    expect(withPickedFiles(found, claimed, own)).toBe(found);
    expect(withPickedFiles(judgeResults(claimed, own), claimed, own).outcome).toBe('reproduced');
  });
  it('is not held to differ where they are others, or not known', () => {
    const other = { ...measured(12, 300, 1), results: 'cd'.repeat(16) };
    expect(judgeResults(claimed, other).outcome).toBe('differs');
    expect(withPickedFiles(judgeResults(claimed, other), claimed, other)).toMatchObject({
      outcome: 'not comparable',
      sentence: expect.stringMatching(/other files are other work/),
    });
    const unknown = { ...claimed, results: null };
    const found = judgeTimes(unknown, measured(12, 100, 2));
    expect(withPickedFiles(found, unknown, measured(12, 100, 2)).outcome).toBe('not comparable');
  });
  it('is not judged before anything has run', () => {
    const found = judgeResults(claimed, null);
    expect(withPickedFiles(found, claimed, null)).toBe(found);
  });
});

describe('a predicted schedule', () => {
  const digest = '0f'.repeat(32);
  it.each([
    [{ digest, cores: 8 }, { digest, cores: 8 }, 'reproduced', /bit for bit, on 8 cores/],
    [{ digest, cores: 1 }, { digest: 'a'.repeat(64), cores: 1 }, 'differs', /on 1 core:/],
    [{ digest, cores: 8 }, { digest, cores: 2 }, 'not comparable', /for 8 cores, this one for 2/],
    [null, { digest, cores: 8 }, 'not comparable', /No predicted schedule/],
    [{ digest, cores: 8 }, null, 'not checked', /not predicted here yet/],
  ] as const)('%j against %j: %s', (claimed, own, outcome, says) => {
    const finding = judgeSchedule(claimed, own);
    expect(finding.outcome).toBe(outcome);
    expect(finding.sentence).toMatch(says);
  });
});

describe('results', () => {
  it.each([
    ['ab', 'ab', 'reproduced'],
    ['ab', 'cd', 'differs'],
    [null, 'ab', 'not comparable'],
    ['ab', null, 'not comparable'],
    ['0'.repeat(32), 'ab', 'differs'],
    // What nothing at all comes out of tells nothing.
    ['0'.repeat(32), '0'.repeat(32), 'not comparable'],
  ] as const)('%j against %j: %s', (claimed, own, outcome) => {
    expect(judgeResults({ results: claimed }, { results: own }).outcome).toBe(outcome);
  });
  it('are not checked before a run', () => {
    expect(judgeResults({ results: 'ab' }, null).outcome).toBe('not checked');
  });
});

describe('times', () => {
  it('a speedup that agrees on another machine is reproduced, with a caution', () => {
    const finding = judgeTimes(measured(24, 100, 1.9), measured(12, 260, 1.9, elsewhere));
    expect(finding.outcome).toBe('reproduced');
    expect(finding.sentence).toMatch(/1\.9\d*× \(.*\) here, 1\.9\d*× \(.*\) claimed/);
    expect(finding.sentence).toMatch(/different machines or browsers/);
  });
  it('on the same machine there is no such caution', () => {
    const finding = judgeTimes(measured(24, 100, 1.9), measured(12, 110, 1.9));
    expect(finding.outcome).toBe('reproduced');
    expect(finding.sentence).not.toMatch(/caution/);
  });
  it('intervals that do not overlap differ, and say which way', () => {
    const less = judgeTimes(measured(12, 100, 1.9), measured(12, 100, 1.5));
    expect(less).toMatchObject({ outcome: 'differs' });
    expect(less.sentence).toMatch(/^Less speedup than claimed: 1\.5/);
    const more = judgeTimes(measured(12, 100, 1.5), measured(12, 100, 1.9));
    expect(more.sentence).toMatch(/^More speedup/);
  });
  it('without sequential runs, makespans of the same browser are compared', () => {
    const same = judgeTimes(measured(12, 100, 1.9), measured(12, 100, null));
    expect(same.outcome).toBe('reproduced');
    expect(judgeTimes(measured(12, 100, null), measured(12, 120, null)).outcome).toBe('differs');
  });
  it('makespans of other machines never differ', () => {
    const finding = judgeTimes(measured(12, 100, null), measured(12, 900, null, elsewhere));
    expect(finding.outcome).toBe('not comparable');
    expect(finding.sentence).toMatch(/not comparable; speedups are/);
    const unknown = { ...measured(12, 900, null), environment: null };
    expect(judgeTimes(measured(12, 100, null), unknown).outcome).toBe('not comparable');
  });
  it('a single run says nothing, and what would is named', () => {
    const finding = judgeTimes(measured(24, 100, 1.9), measured(1, 100, null));
    expect(finding.outcome).toBe('not comparable');
    expect(finding.sentence).toMatch(/Too few runs here.*in turns/);
    expect(judgeTimes(measured(1, 100, 2), measured(24, 100, 2)).sentence).toMatch(/are claimed/);
  });
  it('other results are other work', () => {
    const other = { ...measured(24, 100, 1.9), results: 'cd'.repeat(16) };
    expect(judgeTimes(measured(24, 100, 1.9), other).outcome).toBe('not comparable');
  });
  it('before anything ran, nothing is judged', () => {
    expect(judgeTimes(measured(24, 100, 1.9), null).outcome).toBe('not checked');
  });

  it('that vary so much that half and double agree are not called reproduced', () => {
    const factors = [0.5, 1.9, 0.55, 1.8, 0.6, 1.7, 1, 1.1, 0.9, 1.2, 0.8, 1.3];
    const steady = measured(12, 100, 1);
    const uneven = {
      ...steady,
      sequential: steady.makespans.map((ms, run) => ms * factors[run]!),
    };
    const finding = judgeTimes(steady, uneven);
    expect(finding.outcome).toBe('not comparable');
    expect(finding.sentence).toMatch(/^The runs vary too much to tell.* times the claimed one\.$/);
    const { sequential: _, ...times } = steady;
    const wild = { ...times, makespans: factors.map((factor) => 100 * factor ** 3) };
    expect(judgeTimes(times, wild).sentence).toMatch(/^The runs vary too much to tell/);
  });

  it('are judged alike from both sides', () => {
    fc.assert(
      fc.property(arbitraryMeasurement, arbitraryMeasurement, (a, b) => {
        expect(judgeTimes(a, b).outcome).toBe(judgeTimes(b, a).outcome);
      }),
    );
  });
  it('never differ from themselves', () => {
    fc.assert(
      fc.property(arbitraryMeasurement, (one) => {
        expect(judgeTimes(one, one).outcome).not.toBe('differs');
      }),
    );
  });
  it('differ wherever two speedups lie apart, and only there', () => {
    fc.assert(
      fc.property(arbitraryMeasurement, arbitraryMeasurement, (a, b) => {
        const [x, y] = [measuredSpeedup(a), measuredSpeedup({ ...b, results: a.results })];
        if (!x || !y) return;
        const areApart = x.high < y.low || y.high < x.low;
        const { outcome } = judgeTimes(a, { ...b, results: a.results });
        const isTold = y.low / x.high >= 0.5 && y.high / x.low <= 2;
        expect(outcome).toBe(areApart ? 'differs' : isTold ? 'reproduced' : 'not comparable');
      }),
      { numRuns: 300 },
    );
  });
});

describe('the speedup that was measured', () => {
  it('is the median of the pairs, with an interval around it', () => {
    const speedup = measuredSpeedup(measured(12, 100, 2))!;
    expect(speedup.ratio).toBeCloseTo(2.012, 2);
    expect(speedup.low).toBeLessThanOrEqual(speedup.ratio);
    expect(speedup.high).toBeGreaterThanOrEqual(speedup.ratio);
    expect(speedup.pairs).toBe(12);
  });
  it('is none without sequential runs, and of fewer than a first look', () => {
    expect(measuredSpeedup(measured(24, 100, null))).toBeNull();
    expect(measuredSpeedup(measured(5, 100, 2))).toBeNull();
  });
  it('takes no longer for ten thousand runs than for a thousand, paired or not', () => {
    const many = measured(10_000, 100, 2);
    expect(measuredSpeedup(many)!.pairs).toBe(1000);
    const uneven = { ...many, sequential: many.sequential!.slice(1) };
    expect(measuredSpeedup(uneven)!.pairs).toBe(1000);
    const alone = measured(10_000, 100, null);
    expect(judgeTimes(alone, alone).outcome).toBe('reproduced');
  });
  it('covers what is true in 95 of 100 series, though they end at the look that is narrow enough', () => {
    // Ratios of 2 with noise that is drawn anew for each series; it ends as an experiment does.
    let covered = 0;
    let state = 12345;
    const draw = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
    const series = 400;
    for (let nth = 0; nth < series; nth++) {
      const makespans: number[] = [];
      const sequential: number[] = [];
      for (const look of [12, 17, 24, 34, 48]) {
        while (makespans.length < look) {
          makespans.push(100 * (1 + 0.1 * (draw() - 0.5)));
          sequential.push(200 * (1 + 0.1 * (draw() - 0.5)));
        }
        const { low, high, ratio } = measuredSpeedup({ ...bare, makespans, sequential })!;
        if (high - low > 0.04 * ratio && look < 48) continue;
        if (low <= 2 && high >= 2) covered++;
        break;
      }
    }
    expect(covered / series).toBeGreaterThanOrEqual(0.95);
  });
});
