/** Speedup against workers: what to measure, and what to predict beyond this machine. */

/** Measured at most: each one is one more run a round. */
const measuredAtMost = 8;
/** Predicted up to so many times the workers that were measured. */
const predictedTimes = 4;
const predictedAtMost = 64;

/** Numbers of workers from 1 to `most`: all of a few, else by about the same factor each, the last always among them. */
export function workersToMeasure(most: number): number[] {
  const all = Array.from({ length: Math.max(2, Math.floor(most)) }, (_, index) => index + 1);
  if (all.length <= measuredAtMost) return all;
  const chosen = new Set([1, 2]);
  for (let place = 2; place < measuredAtMost; place++)
    chosen.add(Math.round(2 * (most / 2) ** ((place - 1) / (measuredAtMost - 2))));
  return [...chosen].sort((a, b) => a - b);
}

/** The document on so many workers; one is what the others are compared with. */
export const workersSet = (workers: number): Readonly<Record<string, unknown>> => ({
  '/machine/workers': workers,
});

/** Powers of two and their halves in between, beyond the measured ones. */
export function workersToPredict(measured: readonly number[]): number[] {
  const most = measured.at(-1) ?? 1;
  const end = Math.min(predictedAtMost, Math.max(16, most * predictedTimes));
  const beyond: number[] = [];
  for (let power = 2; power <= end; power *= 2) beyond.push(power, power * 1.5);
  return [...new Set([...measured, ...beyond.filter((n) => n > most && n <= end)])].sort(
    (a, b) => a - b,
  );
}

/** The same on a machine that has a core for each of them, and never fewer than this one has. */
export const roomySet = (workers: number, cores: number): Readonly<Record<string, unknown>> => ({
  '/machine/workers': workers,
  '/machine/cores': Math.max(workers, cores),
});
