import { describe, expect, it } from 'vitest';
import type { TunerGoal } from '../../src/explore/tuner-goal.ts';
import type { TrialOutcome } from '../../src/explore/trials.ts';
import type { TuneResult } from '../../src/explore/tuner.ts';
import {
  shareWords,
  togetherSentence,
  tunedSentence,
  whyWords,
} from '../../src/ui/tune/tuner-words.ts';

const goal: TunerGoal = { least: 'makespanMs', atMost: { memoryPeakBytes: 4096 } };
const outcome = (makespanMs: number, memoryPeakBytes: number): TrialOutcome => ({
  ...{ makespanMs, memoryPeakBytes, latencyP95Ms: 1, lost: 0, delivered: 5, problem: null },
});
const tried = (set: Record<string, unknown>, of: TrialOutcome) => ({ place: [], set, outcome: of });
const start = tried({}, outcome(733, 5000));
const best = tried({ '/a': 1, '/b': 2 }, outcome(733, 1000));
const result: TuneResult = {
  ...{ start, best, fastest: best, isFeasible: true, tried: [start, best], space: 2 },
  ended: 'everything tried',
};
const share = (pointer: string, without: TrialOutcome, alone: TrialOutcome) => ({
  ...{ pointer, from: 1, to: 2, without, alone },
});
const called = (pointer: string): string => pointer.slice(1);
const bound = { by: 'cores', valueMs: 700, sentence: 'The cores hold everything back.' };

describe('a search within a limit that the document breaks, in words', () => {
  it('says which limit, and what becomes of it', () => {
    const limit = 'breaks a limit: memory peak 4.88 KiB → 0.98 KiB, at most 4 KiB';
    expect(tunedSentence(goal, result)).toBe(
      `Predicted makespan: 733 ms → 733 ms; as it is, the document ${limit}.`,
    );
    // What holds the makespan back is no reason where that stays as it was.
    expect(whyWords(goal, result, [bound, bound])).toBe(`As it is, the document ${limit}.`);
    const free = { ...goal, atMost: {} };
    expect(whyWords(free, result, [bound, bound])).toContain('Tuned, that still binds');
  });

  it('tells a change that the limit needs as that', () => {
    const needed = share('/a', outcome(733, 5000), outcome(733, 5000));
    const idle = share('/b', outcome(733, 1000), outcome(733, 5000));
    const words = shareWords(needed, goal, result);
    expect(words).toMatchObject({ matters: true, isNeeded: true });
    expect(words.without).toBe('memory peak 4.88 KiB: over the limit');
    expect(togetherSentence([needed, idle], goal, result, called)).toBe(
      'Without “a” the memory peak would be 4.88 KiB: the limit of 4 KiB needs it.',
    );
  });

  it('says so of changes of which any would do', () => {
    const words = shareWords(share('/a', outcome(733, 1000), outcome(733, 2048)), goal, result);
    expect(words).toMatchObject({ matters: true, isNeeded: false });
    expect(words.alone).toBe('733 ms, the same; memory peak 2 KiB, within the limit');
    expect(words.without).toBe('733 ms, the same; the others keep the limit without it');
    const still = shareWords(share('/a', outcome(733, 1000), outcome(733, 4500)), goal, result);
    expect(still.alone).toContain('still over the limit');
  });

  it('says so of changes that keep it only together', () => {
    const idle = ['/a', '/b'].map((at) => share(at, outcome(733, 1000), outcome(733, 5000)));
    expect(togetherSentence(idle, goal, result, called)).toMatch(/it is together that they keep/);
    // Where no limit was broken there is none to keep.
    const kept = { start: best, best };
    expect(togetherSentence(idle, goal, kept, called)).toBe('');
  });

  it('still says of others that they bring nothing alone', () => {
    const free: TunerGoal = { least: 'makespanMs', atMost: {} };
    const quick = { start, best: tried({}, outcome(300, 1000)) };
    const helps = share('/a', outcome(700, 1000), outcome(733, 1000));
    expect(togetherSentence([helps, helps], free, quick, called)).toBe(
      '“a” and “a” bring nothing alone: they help only together with the others.',
    );
  });
});
