import { clockMark } from '../../../src/live/coordinator/clock.ts';
import type { Job } from './job.ts';

/** A number, or an item's payload. */
export type Input = number | Uint8Array<ArrayBufferLike>;

/** What comes of the work, for nobody to leave it out: in an array, as engines give up on a variable that changes so often. */
const sink = new Int32Array([1]);

/** The work of all contenders: a number of turns of xorshift32. */
export function burn(turns: number): void {
  let x = sink[0]!;
  for (let i = 0; i < turns; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  sink[0] = x | 1;
}

/** Asked for once: asking takes as long as asking for the time. */
const originMs = performance.timeOrigin;

/** Every worker's clock and the page's, to be compared: ms since the epoch. */
export const nowMs = (): number => originMs + performance.now();

/** The page's time at which a contender's clock starts, marked in a trace where somebody takes one. */
export function startClock(): number {
  performance.mark(clockMark);
  performance.clearMarks(clockMark);
  return performance.now();
}

/** One task: what it puts out tells that this very stage ran on this very input. */
export function work(stage: number, turns: number, input: Input): Input {
  if (turns > 0) burn(turns);
  if (typeof input === 'number') return (input + stage + 1) >>> 0;
  input[0]! += 1;
  return input;
}

/** The same as the code of a stage of a document. `turns`: of each item where they differ. */
export function stageSource(stage: StageCode): string {
  const { number, turns, turnsOfItem, waitMs, input, payload } = stage;
  const lines: string[] = [];
  if (payload?.isMoved) lines.push('export const moves = true;');
  if (turnsOfItem) lines.push(`const turnsOf = [${turnsOfItem.join()}];`);
  const burns = turnsOfItem !== null || turns > 0;
  if (burns) lines.push('const sink = new Int32Array([1]);');
  lines.push(`export default ${waitMs > 0 ? 'async ' : ''}(item, ctx) => {`);
  if (waitMs > 0) lines.push(`  await ctx.wait(${waitMs});`);
  if (burns) {
    lines.push(
      '  let x = sink[0];',
      `  for (let i = 0, turns = ${turnsOfItem ? 'turnsOf[item.index]' : turns}; i < turns; i++) {`,
      ...[
        '    x ^= x << 13;',
        '    x ^= x >>> 17;',
        '    x ^= x << 5;',
        '  }',
        '  sink[0] = x | 1;',
      ],
    );
  }
  if (payload) lines.push('  item[0] += 1;', '  return item;');
  else lines.push(`  return (${input} + ${number + 1}) >>> 0;`);
  return [...lines, '};'].join('\n');
}

export interface StageCode {
  number: number;
  turns: number;
  turnsOfItem: readonly number[] | null;
  waitMs: number;
  /** An expression of `item`. */
  input: string;
  payload: Job['payload'];
}

/** Turns in 1 ms when nothing else runs: the best of many tries. */
export function measureTurnsPerMs(): number {
  const turns = 100_000;
  let bestMs = Infinity;
  for (let i = 0; i < 300; i++) {
    const startMs = performance.now();
    burn(turns);
    bestMs = Math.min(bestMs, performance.now() - startMs);
  }
  return turns / bestMs;
}
