import type { CriticalStep, WaitedFor } from './critical-path.ts';

/** What one stage's steps of the critical path took, by what let them begin. */
export interface PathShare {
  stage: number;
  waitedFor: WaitedFor;
  steps: number;
  /** ms between what let a step begin and its beginning. */
  gapMs: number;
  /** ms of set-up and service. */
  serviceMs: number;
  /** ms that its output found no room, as far as the next step waited for that. */
  blockedMs: number;
  /** The three together. */
  wholeMs: number;
}

/**
 * The whole makespan, split by stage and by what each step of the critical path had waited for; the largest
 * part first. Each step lasts from the moment that let it begin to the one at which it let the next one
 * begin, so the parts add up to the end of the last step.
 */
export function pathShares(path: readonly CriticalStep[]): PathShare[] {
  const shares = new Map<string, PathShare>();
  path.forEach((step, index) => {
    const next = path[index + 1];
    const freedMs = next ? next.startMs - next.gapMs : step.leaveMs;
    const { stage, waitedFor } = step;
    const key = `${stage} ${waitedFor}`;
    let own = shares.get(key);
    if (!own)
      shares.set(
        key,
        (own = { stage, waitedFor, steps: 0, gapMs: 0, serviceMs: 0, blockedMs: 0, wholeMs: 0 }),
      );
    own.steps++;
    own.gapMs += step.gapMs;
    own.serviceMs += step.endMs - step.startMs;
    own.blockedMs += freedMs - step.endMs;
    own.wholeMs += step.gapMs + freedMs - step.startMs;
  });
  return [...shares.values()].sort((a, b) => b.wholeMs - a.wholeMs);
}
