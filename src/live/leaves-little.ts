import type { RunReport } from '../engine/runner.ts';

/** A run of so many tasks and items at most, with values of so many bytes, leaves little behind: some 40 MB to collect. */
const smallRows = 200_000;
const smallBytes = 16 * 1024 * 1024;

/** Nothing is left in the sandbox that could be felt in another run: no trouble, and no heap to be collected. */
export function leavesLittle({ trace, error, failures, failuresOmitted }: RunReport): boolean {
  const { meta, tasks, items } = trace;
  if (meta.ended !== 'done' || error || failures.length + failuresOmitted > 0) return false;
  if (Math.max(tasks.count, items.count) > smallRows) return false;
  let bytes = meta.memoryPeak;
  for (let row = 0; row < tasks.count; row++) bytes += tasks.bytes[row]!;
  return bytes <= smallBytes;
}
