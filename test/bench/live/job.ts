/** What every contender of the live bench is given, and what it gives back. */

/** `tasks` items go through the stages one after another; every stage returns what it is given. */
export interface Job {
  items: number;
  /** A stage: turns of the busy loop that one task takes; 0: nothing at all. */
  stages: readonly number[];
  /** Tasks that a library is told to have open on one worker. */
  open: number;
}

export interface JobResult {
  /** From the first task handed over to the last result. */
  ms: number;
  /** The same with all that happens before and after; only Millrace does more than its tasks. */
  wholeMs: number;
}

export interface Contender {
  name: string;
  kind: 'millrace' | 'library' | 'hand';
  /** Does the whole job with two workers that have been started before. @throws when work was lost. */
  run(job: Job): Promise<JobResult>;
}

export const workers = 2;

/** Throws unless every item came back once: the sum of 0 … items - 1, and how many there were. */
export function checkSum(job: Job, count: number, sum: number): void {
  const { items } = job;
  if (count !== items || sum !== (items * (items - 1)) / 2) {
    throw new Error(`${count} of ${items} results came back, and their sum is ${sum}.`);
  }
}
