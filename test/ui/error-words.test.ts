import { expect, test } from 'vitest';
import { cancelWords } from '../../src/ui/prediction/cancel-words.ts';
import { errorWords } from '../../src/ui/state/error-words.ts';

/** As prediction errors are worked out. */
const errorOf = (predictedMs: number, measuredMs: number): number =>
  (predictedMs - measuredMs) / measuredMs;

test.each([
  [100, 100, 'as predicted'],
  [1000, 1004, 'as predicted'],
  [100, 107, '7 % longer'],
  [100, 93, '7 % shorter'],
  [362, 990, '2.7× as long'],
  [100, 2540, '25× as long'],
  [0, 4, 'more than predicted'],
])('predicted %i ms, measured %i ms: %s', (predicted, measured, words) => {
  expect(errorWords(errorOf(predicted, measured))).toBe(words);
});
test('nothing to compare, nothing said', () => {
  expect(errorWords(null)).toBe('');
});

const scored = (predicted: number, measured: number) => ({
  ...{ predicted, measured, error: (predicted - measured) / measured },
});
const card = (makespan: [number, number], stages: [number, number][]) => ({
  makespan: scored(...makespan),
  stages: stages.map(([predicted, measured], at) => ({
    ...{ id: `s${at}`, name: '', tasks: scored(1, 1), waiting: scored(1, 1) },
    busy: scored(predicted, measured),
  })),
});
test('a whole that is right although its stages are not says so', () => {
  const stages: [number, number][] = [
    [423, 100],
    [234, 100],
    [26, 100],
    [2, 100],
  ];
  expect(cancelWords(card([101.5, 100], stages))).toBe(
    'The whole is this near only because errors cancel: the stages’ busy times are off by 157 % in all, some too long and some too short.',
  );
  expect(cancelWords(card([101.5, 100], stages.slice(0, 2)))).toBe(
    'The whole is this near although the stages’ busy times are off by 229 % in all: most of that is not what it waits for.',
  );
  // Stages that are right, and a whole that is as wrong as they are, need no such word.
  expect(cancelWords(card([101.5, 100], [[104, 100]]))).toBe('');
  expect(cancelWords(card([150, 100], [[180, 100]]))).toBe('');
});
