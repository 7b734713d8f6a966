/** What every contender of the live bench is given, and what it gives back. */
import type { RunEnvironment } from '../../../src/engine/runner.ts';

/**
 * Items go through a graph of stages. What a stage is given is the item's number (or the sum of what its parents
 * put out); it burns turns of the busy loop, or waits, and puts out a number that shows that it ran.
 */
export interface Job {
  items: number;
  /** Stage → the stages it is after, all of smaller number; none: it is fed by the source. */
  after: readonly (readonly number[])[];
  /** Stage → turns of the busy loop that one task takes; 0: none. */
  turns: readonly number[];
  /** Item → turns, in place of the stage's, where they differ from item to item; null: they do not. */
  turnsOfItem: readonly number[] | null;
  /** Every task waits so long before it works; 0: not at all. */
  waitMs: number;
  /** What items carry through their one stage and back, in place of numbers; null: numbers. */
  payload: { bytes: number; isMoved: boolean } | null;
  /** Tasks that one worker may have open. */
  open: number;
}

export interface JobResult {
  /** From the first task handed over to the last output. */
  ms: number;
  /** Of Millrace with its start and the digest of its results; of others as `ms`: their checks are nobody's work. */
  wholeMs: number;
  /** Millrace alone tells. */
  environment?: RunEnvironment;
}

/**
 * `trick`: Millrace without one `DispatchTrick`. `pool`: one task a message, as one writes it by hand. `yardstick`: made
 * to be as fast as the machine allows.
 */
export type Kind = 'millrace' | 'trick' | 'library' | 'pool' | 'yardstick';

export interface Contender {
  name: string;
  kind: Kind;
  /** Why it cannot do this job, one sentence; null or absent: it can. */
  cannot?(job: Job): string | null;
  /** Does the whole job with two workers that have been started before. @throws when work was lost or is wrong. */
  run(job: Job): Promise<JobResult>;
}

export const workers = 2;

export const turnsOf = ({ turns, turnsOfItem }: Job, item: number, stage: number): number =>
  turnsOfItem === null ? turns[stage]! : turnsOfItem[item]!;

/** Stage → the stages after it. */
export function childrenOf({ after }: Pick<Job, 'after'>): number[][] {
  const children: number[][] = after.map(() => []);
  after.forEach((parents, stage) => {
    for (const parent of parents) children[parent]!.push(stage);
  });
  return children;
}

/** The stages that the source feeds. */
export const rootsOf = ({ after }: Pick<Job, 'after'>): number[] =>
  [...after.keys()].filter((stage) => after[stage]!.length === 0);

/** Every stage has at most one stage before it and one after it. */
export const isChain = ({ after }: Job): boolean =>
  after.every((parents, stage) => (stage === 0 ? parents.length === 0 : parents.length === 1)) &&
  childrenOf({ after }).every((children) => children.length <= 1);

export const plural = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
