import { nowMs, work, type Input } from './work.ts';

/** What a worker says of one task: its output, when its work began and ended, and which worker it was. */
export type Timed = [output: Input, startedMs: number, endedMs: number, worker: number];

/** Libraries do not tell their workers apart; these do it themselves. */
const self = Math.random();

/** One task as the workers of all libraries do it. */
export function timed(
  stage: number,
  turns: number,
  waitMs: number,
  input: Input,
): Timed | Promise<Timed> {
  const startedMs = nowMs();
  const end = (): Timed => [work(stage, turns, input), startedMs, nowMs(), self];
  if (waitMs === 0) return end();
  return new Promise((resolve) => setTimeout(() => resolve(end()), waitMs));
}

/** The buffers of an output that are to be moved. */
export const movable = ([output]: Timed): ArrayBuffer[] =>
  typeof output === 'number' ? [] : [output.buffer as ArrayBuffer];

export type TimedArguments = Parameters<typeof timed>;
