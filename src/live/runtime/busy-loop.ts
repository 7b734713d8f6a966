let sink = 0;

/** Burns CPU: a number of turns of integer arithmetic (xorshift32) that nothing can shorten. */
export function burnTurns(turns: number): void {
  let x = sink | 1;
  for (let i = 0; i < turns; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  sink = x;
}

/** Runs the loop until it has been compiled well, so that the first task is not slower than the rest. */
export function warmUp(clock: () => number, ms: number): void {
  const endMs = clock() + ms;
  while (clock() < endMs) burnTurns(20_000);
}

/**
 * Turns in 1 ms: the best of many short tries, since whatever else runs can only make a try slower.
 * A task then burns an amount of work, not of wall time: two workers on one core take twice as long.
 */
export function measureTurnsPerMs(
  clock: () => number,
  { warmUpMs, tries } = { warmUpMs: 8, tries: 40 },
): number {
  warmUp(clock, warmUpMs);
  const turns = 200_000;
  let bestMs = Infinity;
  for (let i = 0; i < tries; i++) {
    const startMs = clock();
    burnTurns(turns);
    const tookMs = clock() - startMs;
    if (tookMs > 0 && tookMs < bestMs) bestMs = tookMs;
  }
  return turns / bestMs;
}
