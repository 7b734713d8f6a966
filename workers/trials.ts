/** Simulates one document under many settings on a thread of its own; the page has several of these. */
import { expose } from 'comlink';
import { evaluateTrials } from '../src/explore/evaluate-trials.ts';
import type { TrialOutcome, TrialRequest } from '../src/explore/trials.ts';

let begun: TrialRequest | null = null;

const trials = {
  /** What all batches up to the next call are about: the document crosses over once, not with every batch. */
  begin(request: Omit<TrialRequest, 'sets'>): void {
    begun = { ...request, sets: [] };
  },

  evaluate(sets: TrialRequest['sets']): { outcomes: TrialOutcome[]; tookMs: number } {
    if (begun === null) throw new Error('Trials were asked for before their document.');
    const startMs = performance.now();
    const outcomes = evaluateTrials({ ...begun, sets });
    return { outcomes, tookMs: performance.now() - startMs };
  },
};

export type TrialsApi = typeof trials;
expose(trials);
