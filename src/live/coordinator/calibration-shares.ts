// What calibration concludes from its samples about threads that share the cores.

/**
 * @param twoWorkerRatio work that two busy workers get done ÷ what one gets done
 * @returns `Overheads.contention`
 */
export function contentionOf(twoWorkerRatio: number): number {
  // Two never do less than one: what looks like it is the doing of others.
  return Math.min(1, Math.max(0, 2 / twoWorkerRatio - 1));
}

/** On how many workers code runs at once to show what its helpers want of the cores. */
export const coldWorkers = (cores: number): number => Math.max(2, cores);

/** More cores than that no helpers want. */
const helperShareMax = 2;

/**
 * n workers that want n (1 + h) of c cores take n (1 + h) ÷ c times as long as one, and what contention adds: see
 * `simulate/shared-cores.ts`. One alone must have cores to spare for its helpers, so no more than c − 1 can be told,
 * and nothing on a single core.
 * @param slowdowns what `coldWorkers(cores)` at once took ÷ what one took; the median counts, the lower one
 * @returns `Overheads.helperShare`
 */
export function helperShareOf(
  slowdowns: readonly number[],
  cores: number,
  contention: number,
): number {
  const slowdown = [...slowdowns].sort((a, b) => a - b)[Math.floor((slowdowns.length - 1) / 2)]!;
  const contended = 1 + contention * (cores - 1);
  const wanted = (slowdown * cores) / (coldWorkers(cores) * contended);
  return Math.min(helperShareMax, Math.max(0, wanted - 1));
}
