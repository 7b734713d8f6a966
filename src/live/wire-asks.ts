/**
 * What stage code asks of the run as a whole, through its worker's own channel: to count, or for its turn at
 * the rate-limited service. The coordinator answers each question once.
 */

/**
 * When an update is written to storage. `every`: at the latest when so many are not written, and an update that
 * would leave so many unwritten waits for it: fewer than `every` acknowledged ones can ever be lost, 1 is
 * write-through. null: `everyMs` after the first that is not written.
 */
export interface CountPolicy {
  every: number | null;
  everyMs: number;
}

export type Question =
  | { what: 'add'; name: string; by: number; policy: CountPolicy }
  | { what: 'value'; name: string }
  /** When may the next call of the service begin? */
  | { what: 'turn' };

export type Answer =
  /** The counter's value; of a turn: how many ms to wait for it. */
  | { value: number; why: null }
  /** It was not done. `retryAfterMs`: of a turn that is too far off. */
  | { value: null; why: string; retryAfterMs: number };

export const countPolicyMax = { every: 1_000_000, everyMs: 60_000 } as const;
/** Questions of one worker that may wait for their answer. */
export const openQuestionsMax = 1000;
