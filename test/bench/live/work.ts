let sink = 1;

/** The work of all contenders: a number of turns of xorshift32. */
export function burn(turns: number): void {
  let x = sink;
  for (let i = 0; i < turns; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  sink = x | 1;
}

export function work(turns: number, index: number): number {
  if (turns > 0) burn(turns);
  return index;
}

/** The same as a stage of a document. */
export const stageSource = (turns: number): string =>
  turns === 0
    ? 'export default ({ index }) => ({ index });'
    : `let sink = 1;
export default ({ index }) => {
  let x = sink;
  for (let i = 0; i < ${turns}; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  sink = x | 1;
  return { index };
};`;

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
