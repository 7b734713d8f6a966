/** P(X ≥ hits) of n tries that each succeed with chance p. */
export function atLeast(hits: number, n: number, p: number): number {
  // Few failures are counted more exactly than many successes.
  if (p > 0.5) return 1 - atLeast(n - hits + 1, n, 1 - p);
  let chance = (1 - p) ** n;
  let below = 0;
  for (let k = 0; k < hits; k++) {
    below += chance;
    chance *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return Math.max(0, 1 - below);
}

/** The exact 95 % interval of a share (Clopper and Pearson 1934). */
export function clopperPearson(hits: number, n: number, error = 0.05): [number, number] {
  const low = hits === 0 ? 0 : bisect((p) => atLeast(hits, n, p) - error / 2);
  const high = hits === n ? 1 : bisect((p) => atLeast(hits + 1, n, p) - (1 - error / 2));
  return [low, high];
}

/** Where a function that rises through 0 on [0, 1] does so. */
function bisect(rising: (p: number) => number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
