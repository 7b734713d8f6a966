/** Declared work: it waits, or it burns CPU, for as long as its seeded draws say. */
import { meanOf } from '../../../../base/draw-mean.ts';
import { DrawSeries, drawValue, type Purpose } from '../../../../base/draws.ts';
import type { Phase } from '../../../../pipeline/types.ts';
import type { StageContext } from './context.ts';

let turnsPerMs = 0;
let sink = 0;

/** A number of turns of integer arithmetic (xorshift32) that nothing can shorten. */
function burnTurns(turns: number): void {
  let x = sink | 1;
  for (let i = 0; i < turns; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  sink = x;
}

/** Burns an amount of work, not of wall time: on a core that it shares, it takes longer. */
export function burn(ms: number): void {
  if (turnsPerMs === 0) {
    // The best of many short tries: whatever else runs can only make a try slower.
    const turns = 100_000;
    for (let i = 0; i < 20; i++) {
      const startMs = performance.now();
      burnTurns(turns);
      turnsPerMs = Math.max(turnsPerMs, turns / (performance.now() - startMs));
    }
  }
  burnTurns(Math.round(ms * turnsPerMs));
}

const drawOf = (phase: Phase) => ('wait' in phase ? phase.wait : phase.cpu);

/** Plays phases one after another. @param what whose draws they are: of the service, or of the set-up. */
export async function play(phases: readonly Phase[], what: Purpose, ctx: StageContext) {
  const { seed, stage, kind, members, number, key, attempt } = ctx.draws;
  const series = new DrawSeries(seed, what, stage);
  for (const [at, phase] of phases.entries()) {
    const drawn = (one: { number: number; key: number }): number =>
      drawValue(drawOf(phase), series, one.key, attempt, at, one.number);
    const isPerItem = phase.per === 'item' && kind === 'batch';
    const ms = isPerItem
      ? members.reduce((sum, one) => sum + drawn(one), 0)
      : drawn({ number, key });
    if ('wait' in phase) await ctx.wait(ms);
    else burn(ms);
    ctx.signal.throwIfAborted();
  }
}

/** Before any item is there, there is nothing to draw for: the mean. */
export async function playMeans(phases: readonly Phase[], ctx: StageContext): Promise<void> {
  for (const phase of phases) {
    if ('wait' in phase) await ctx.wait(meanOf(phase.wait));
    else burn(meanOf(phase.cpu));
  }
}
