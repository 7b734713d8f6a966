import { expect, it } from 'vitest';
import type { ExperimentState } from '../../src/explore/experiment.ts';
import { experimentText } from '../../src/ui/page/experiment-words.ts';
import type { MeasuredExperiment } from '../../src/ui/state/experiment-store.svelte.ts';

const state = (
  looks: number,
  nextLook: number | null,
  phase: 'warm-up' | 'running',
): ExperimentState => ({
  ...{ phase, rounds: 4, nextLook, targetTimes: [], startsMs: [], ended: null, note: '' },
  makespansMs: [[], []],
  comparisons: [
    {
      name: 'this',
      ratios: [],
      speedup: null,
      differentWork: null,
      looks: Array.from({ length: looks }, () => ({}) as never),
    },
  ],
});
const textOf = (of: ExperimentState | null, lookLeftMs: number | null): string =>
  experimentText({ plan: { title: 'Speedup' }, state: of, lookLeftMs } as MeasuredExperiment);

it('says what comes next and when: the warm-up, the first interval, another look', () => {
  expect(textOf(null, null)).toBe('Speedup: warming up, one run each…');
  expect(textOf(state(0, 6, 'warm-up'), 900)).toBe('Speedup: warming up, one run each…');
  expect(textOf(state(0, 6, 'running'), null)).toBe('Speedup: 4 of 6 pairs');
  expect(textOf(state(0, 6, 'running'), 3000)).toBe(
    'Speedup: 4 of 6 pairs · interval in about 3 s',
  );
  expect(textOf(state(1, 12, 'running'), 3000)).toBe(
    'Speedup: 4 of 12 pairs · next look in about 3 s',
  );
});
