import { expect, it } from 'vitest';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { KeyDraw, PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { Trace } from '../../src/trace/types.ts';
import { notCompared } from '../../src/ui/state/not-compared.ts';

function traceOf(key: KeyDraw | null, cache: 'on' | 'off' = 'on'): Trace {
  const document: PipelineDocument = {
    format: 'millrace/1',
    source: { kind: 'count', count: 12 },
    stages: [
      {
        id: 'a',
        cache: { version: '1' },
        work: { kind: 'synthetic', phases: [{ cpu: 4 }], output: 10, key },
      },
    ],
  };
  return simulate(withDefaults(document), { cores: 2, cache }).trace;
}
/** Four keys, over and over. */
const few: KeyDraw = { perItem: [1, 2, 3, 4] };
const hitsIn = ({ meta }: Trace): number => meta.stages[0]!.cacheHits;

it('compares a run that found in the cache no more than was predicted', () => {
  const [none, some] = [traceOf(null), traceOf(few)];
  expect([hitsIn(none), hitsIn(some) > 0]).toEqual([0, true]);
  expect(notCompared(none, none, 'on')).toBeNull();
  expect(notCompared(none, none, 'off')).toBeNull();
  expect(notCompared(some, some, 'on')).toBeNull();
  // What was counted on was not kept: that is an error of the prediction.
  expect(notCompared(some, none, 'on')).toBeNull();
  expect(notCompared(null, none, 'on')).toBeNull();
});

it('does not compare a run that earlier ones have answered, and says what would be compared', () => {
  const [none, some] = [traceOf(null), traceOf(few)];
  const count = hitsIn(some);
  for (const predicted of [none, null])
    expect(notCompared(predicted, some, 'on')).toEqual({
      short: `${count} cache hits`,
      text: `The cache answered ${count} tasks of this run. A prediction starts with an empty cache, so the two are not compared; a run without the cache can be.`,
      isWithoutCache: true,
    });
  const all = structuredClone(some);
  all.meta.stages[0]!.cacheHits = 12;
  const why = notCompared(some, all, 'on')!;
  expect(why.short).toBe(`${12 - count} more cache hits`);
  expect(why.text).toContain(`answered 12 tasks of this run, and ${count} were predicted`);
  expect(why.text).toMatch(/delete its results \(Cache, Entries\) and run again/);
  expect(why.isWithoutCache).toBe(false);
});

it('does not compare a run without the cache with a prediction that counts on it', () => {
  const [predicted, ran] = [traceOf(few), traceOf(few, 'off')];
  expect(hitsIn(ran)).toBe(0);
  const why = notCompared(predicted, ran, 'off')!;
  expect(why.short).toBe('cache off');
  expect(why.text).toContain(`counts on ${hitsIn(predicted)} cache hits`);
  expect(why.isWithoutCache).toBe(false);
});
