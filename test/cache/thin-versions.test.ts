import { assert, integer, property, record, array, boolean } from 'fast-check';
import { expect, test } from 'vitest';
import { thinVersions, type KeptFacts } from '../../src/cache/store/thin-versions.ts';

const minuteMs = 60_000;
const limits = { count: 10, bytes: 1000 };
const version = (minute: number, more: Partial<KeptFacts> = {}): KeptFacts => ({
  id: `of-${minute}`,
  keptAt: minute * minuteMs,
  bytes: 10,
  isByHand: false,
  ...more,
});
const newestFirst = (versions: KeptFacts[]): KeptFacts[] =>
  versions.sort((a, b) => b.keptAt - a.keptAt);

test('what fits stays as it is', () => {
  const few = newestFirst([version(1), version(2)]);
  expect(thinVersions(few, limits)).toEqual(few);
});

test('one a minute for hours: what is left grows sparser the older it is', () => {
  let kept: KeptFacts[] = [];
  for (let minute = 0; minute <= 300; minute++)
    kept = thinVersions([version(minute), ...kept], limits);
  const ages = kept.map(({ keptAt }) => 300 - keptAt / minuteMs);
  expect(ages).toHaveLength(10);
  expect(ages[0]).toBe(0);
  // Minutes back to the last few, hours to the first.
  expect(ages[2]).toBeLessThanOrEqual(10);
  expect(ages.at(-1)).toBeGreaterThan(100);
  const gaps = ages.slice(1).map((age, at) => age - ages[at]!);
  expect(Math.max(...gaps.slice(0, 3))).toBeLessThan(Math.max(...gaps.slice(-3)));
});

test('what was kept by hand goes after all others, oldest first; the newest never', () => {
  const mixed = newestFirst([
    ...Array.from({ length: 8 }, (_, at) => version(at, { isByHand: true })),
    ...Array.from({ length: 8 }, (_, at) => version(20 + at)),
  ]);
  const kept = thinVersions(mixed, { count: 6, bytes: 1000 });
  expect(kept.map(({ id }) => id)).toEqual(['of-27', 'of-7', 'of-6', 'of-5', 'of-4', 'of-3']);
  const large = [version(2, { bytes: 5000 }), version(1)];
  expect(thinVersions(large, limits)).toEqual([large[0]]);
});

test('whatever there is: within the limits, in order, the newest among them, nothing made up', () => {
  const any = array(
    record({
      minute: integer({ min: 0, max: 500 }),
      bytes: integer({ min: 0, max: 400 }),
      byHand: boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  );
  assert(
    property(any, (drawn) => {
      const all = newestFirst(
        drawn.map(({ minute, bytes, byHand }, at) =>
          version(minute, { id: `${at}`, bytes, isByHand: byHand }),
        ),
      );
      const kept = thinVersions(all, limits);
      expect(kept[0]).toBe(all[0]);
      expect(kept).toEqual(all.filter((one) => kept.includes(one)));
      const bytes = kept.reduce((sum, one) => sum + one.bytes, 0);
      expect(kept.length === 1 || (kept.length <= limits.count && bytes <= limits.bytes)).toBe(
        true,
      );
      // By hand only when nothing else was left to go.
      if (kept.some(({ isByHand }, at) => at > 0 && !isByHand))
        expect(all.filter(({ isByHand }) => isByHand).every((one) => kept.includes(one))).toBe(
          true,
        );
    }),
  );
});
