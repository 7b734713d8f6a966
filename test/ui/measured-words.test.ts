import { expect, it } from 'vitest';
import { serialShareText } from '../../src/ui/compare/scaling-words.ts';
import { comparisonText } from '../../src/ui/compare/verdict-words.ts';
import { overheadWords } from '../../src/ui/prediction/overhead-words.ts';

it('a verdict after its ratio goes on in the middle of a sentence', () => {
  const speedup = { ratio: 1.1, low: 0.98, high: 1.2, pairs: 12, digits: 1 };
  const comparison = { name: '', ratios: [], looks: [], differentWork: null };
  const verdict = 'no difference seen' as const;
  expect(comparisonText({ ...comparison, speedup: { ...speedup, verdict } }, 'it')).toBe(
    '1.1× (1.0–1.2), no difference seen: the interval includes 1.',
  );
});

it('a serial share of more than all the work is said as what it is', () => {
  const shares = [null, -0.001, 0.25, 1, 1.13].map(serialShareText);
  expect(shares).toEqual(['–', '0 %', '25 %', '100 %', 'slower than one worker']);
});

it('a cost that was too little to tell has the unit of those beside it', () => {
  const message = overheadWords.find(({ name }) => name === 'messageMs')!;
  expect([0, 0.004].map(message.format)).toEqual(['0 µs', '4 µs']);
});
