import { afterAll, expect, test } from 'vitest';
import {
  estimate,
  level,
  missesAllowed,
  replications,
  type Estimate,
  type TruthCase,
} from './replications.ts';

/** An interval wider than this (of the exact value) would find no fault. */
const widestHalf = 0.06;

/**
 * Tests that the simulated means of each case agree with the exact ones.
 *
 * Two rules, both of which a right simulator breaks with a chance below 1 %, whatever the means of one case
 * have to do with each other:
 *  1. the family of all intervals, each at level 1 − 1 % / their number (Bonferroni), holds every mean;
 *  2. no more cases have a mean outside its own 99 % interval than `missesAllowed` says.
 *
 * Seeds are fixed, so a run decides once: it fails when the simulator changes, not now and then.
 */
export function judge(cases: readonly TruthCase[], firstSeed: number): void {
  const intervals = cases.reduce((sum, { means }) => sum + Object.keys(means).length, 0);
  const outside: string[] = [];
  let judged = 0;
  let casesOutside = 0;

  cases.forEach((truth, index) => {
    test(
      truth.name,
      () => {
        const estimates = estimate(truth, firstSeed + index * replications);
        const missed = Object.entries(estimates).filter(([, { p }]) => p < 1 - level);
        judged++;
        if (missed.length > 0) casesOutside++;
        for (const [name, one] of missed) {
          outside.push(inWords(truth, name, one));
        }
        for (const [name, one] of Object.entries(estimates)) {
          expect(one.p, inWords(truth, name, one)).toBeGreaterThan((1 - level) / intervals);
          const { exact } = truth.means[name]!;
          expect(one.halfWidth, `${truth.name}: the interval of ${name}`).toBeLessThan(
            widestHalf * exact,
          );
        }
      },
      120_000,
    );
  });

  const allowed = missesAllowed(cases.map(({ means }) => Object.keys(means).length));
  test(`of ${cases.length} cases with ${intervals} means at most ${allowed} have one outside its 99 % interval`, () => {
    expect(judged).toBe(cases.length);
    expect(casesOutside, outside.join('\n')).toBeLessThanOrEqual(allowed);
  });
  afterAll(() => {
    if (outside.length > 0)
      process.stdout.write(`outside their 99 % intervals:\n${outside.join('\n')}\n`);
  });
}

function inWords(truth: TruthCase, name: string, one: Estimate): string {
  const { exact } = truth.means[name]!;
  const interval = `${one.mean.toPrecision(6)} ± ${one.halfWidth.toPrecision(3)}`;
  return `${truth.name}: ${name} is ${exact.toPrecision(6)}, simulated ${interval} (t ${one.t.toFixed(2)})`;
}
