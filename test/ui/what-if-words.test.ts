import { describe, expect, it } from 'vitest';
import type { Curve } from '../../src/explore/what-if.ts';
import {
  checkWords,
  gainWords,
  replayWords,
  stepWords,
  verdictWords,
  verifiedWords,
} from '../../src/ui/whatif/what-if-words.ts';

const names = new Map([
  ['parse', 'Parse'],
  ['score', 'Score'],
]);
/** Gains at a cut of 0, half and all. */
const curve = (stage: string, half: number, all: number): Curve => ({
  stage,
  points: [
    { cut: 0, gain: 0 },
    { cut: 0.5, gain: half },
    { cut: 1, gain: all },
  ],
});
const verified = { gain: 0.29, low: 0.27, high: 0.312, pairs: 12, digits: 0 };

describe('what if, in words', () => {
  it('names the stage where work pays, and the one where it does not', () => {
    expect(verdictWords([curve('score', 0.001, 0), curve('parse', 0.31, 0.5)], names)).toBe(
      'Work on Parse pays most: 50 % off it takes 31 % off the whole; 50 % off Score changes nothing.',
    );
    expect(verdictWords([curve('parse', 0.002, 0)], names)).toMatch(/^No stage pays by itself/);
    expect(verdictWords([curve('parse', NaN, NaN)], names)).toBe('');
    expect(verdictWords([curve('parse', 0.3, 0.5), curve('score', NaN, NaN)], names)).toBe('');
  });
  it('calls a loss a loss', () => {
    expect(gainWords(-0.04)).toBe('adds 4 % to the whole');
    expect(gainWords(NaN)).toBe('is not known yet');
  });
  it('says which setting is moved', () => {
    const step = { from: 2, to: 3, makespanMs: 1, gain: 0, moreLost: 0, pointer: '' };
    expect(stepWords({ kind: 'permits', of: 'parse', ...step }, names)).toBe(
      'Permits of Parse: 2 → 3',
    );
    expect(stepWords({ kind: 'workers', ...step }, names)).toBe('Workers: 2 → 3');
  });
  it('shows no more digits than the interval supports, and tells the error', () => {
    expect(verifiedWords(verified)).toBe('29 % off (27 to 31 %)');
    expect(verifiedWords({ ...verified, low: -Infinity })).toBe('too few pairs to say');
    expect(checkWords(0.3, verified)).toBe(
      'The predicted time is 1.4 % shorter than the verified one: no difference seen, it lies inside the interval.',
    );
    expect(checkWords(0.2, verified)).toBe(
      'The predicted time is 13 % longer than the verified one, outside its interval.',
    );
  });
  it('tells the replay’s own error', () => {
    expect(replayWords(0.021, 1020)).toBe(
      'Replayed with nothing changed it takes 1.02 s, 2.1 % more than it did: the replay’s own error.',
    );
    expect(replayWords(0, 1000)).toMatch(/just as long as it did\.$/);
  });
});
