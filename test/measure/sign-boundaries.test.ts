import { describe, expect, it } from 'vitest';
import { SignBoundaries, signError } from '../../src/measure/sign-boundaries.ts';
import { plannedLooks } from '../../src/measure/speedup.ts';
import { signInterval } from '../../src/measure/sign-interval.ts';

/** Every sequence of coin tosses up to the last look: the share that crosses a bound at any of them. */
function crossing(looks: readonly number[], votes: readonly number[]): number {
  const last = looks.at(-1)!;
  let crossed = 0;
  for (let tosses = 0; tosses < 2 ** last; tosses++) {
    let heads = 0;
    let at = 0;
    for (let toss = 1; toss <= last; toss++) {
      heads += (tosses >> (toss - 1)) & 1;
      if (toss !== looks[at]) continue;
      if (Math.min(heads, toss - heads) <= votes[at]!) {
        crossed++;
        break;
      }
      at++;
    }
  }
  return crossed / 2 ** last;
}

describe('bounds of a sign test that is looked at more than once', () => {
  it('are crossed by a fair coin in at most 5 % of all cases, counted one by one', () => {
    const looks = [8, 11, 14, 18];
    const boundaries = new SignBoundaries(0.05);
    const votes = looks.map((pairs) => boundaries.look(pairs, pairs / 18));
    const found = crossing(looks, votes);
    expect(found).toBeLessThanOrEqual(0.05);
    expect(found).toBeGreaterThan(0.02);
  });
  it('are the plain sign test’s where there is one look', () => {
    for (const pairs of [6, 12, 25, 40]) {
      const votes = new SignBoundaries(0.05).look(pairs, 1);
      const ranks = Float64Array.from({ length: pairs }, (_, index) => index);
      expect(signInterval(ranks, 0.05)).toEqual([votes, pairs - 1 - votes]);
    }
  });
  it('allow more at each of the planned looks than a seventh of 5 % each would', () => {
    const boundaries = new SignBoundaries(0.05);
    const last = plannedLooks.at(-1)!;
    const votes = plannedLooks.map((pairs) => boundaries.look(pairs, pairs / last));
    const bonferroni = plannedLooks.map((pairs) => new SignBoundaries(0.05 / 7).look(pairs, 1));
    expect(votes.at(-1)!).toBeGreaterThan(bonferroni.at(-1)!);
    votes
      .slice(1)
      .forEach((most, look) => expect(most).toBeGreaterThanOrEqual(bonferroni[look + 1]! - 1));
  });
  it('find nothing from too few pairs', () => {
    expect(new SignBoundaries(0.05).look(5, 1)).toBe(-1);
    expect(new SignBoundaries(0.05).look(0, 1)).toBe(-1);
  });
  it('know the chance of their votes', () => {
    expect(signError(12, 1)).toBeCloseTo((2 * 13) / 4096, 12);
    expect(signError(12, -1)).toBe(0);
    expect(signError(3, 1)).toBe(1);
  });
});
