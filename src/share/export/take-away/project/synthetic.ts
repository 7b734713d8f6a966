import { DrawSeries, drawValue, purpose, type Purpose } from '../../../../base/draws.ts';
import type { Draw, SyntheticWork } from '../../../../pipeline/types.ts';
import type { StageContext } from './context.ts';
import { Many, none } from './outcome.ts';
import { play } from './phases.ts';

type Declared = Pick<SyntheticWork, 'phases'> &
  Partial<Pick<SyntheticWork, 'output' | 'failure' | 'expand'>>;
type Member = { number: number; key: number };

/** Longest array that is really put out, bytes. */
const outputBytesMax = 256 * 1024 * 1024;

/** A stage that plays declared durations in place of work: it waits, burns CPU, fails by chance. */
export function synthetic({ phases, output = 0, failure = 0, expand = 1 }: Declared) {
  const outputOf = (member: Member, { draws }: StageContext): unknown => {
    const series = (what: Purpose) => new DrawSeries(draws.seed, what, draws.stage);
    const value = (draw: Draw, what: Purpose): number =>
      drawValue(draw, series(what), member.key, 0, 0, member.number);
    const mean = value(expand, purpose.expand);
    const whole = Math.floor(mean);
    // A mean of 1.5 is 1 or 2.
    const isMore = mean > whole && series(purpose.expand).unit(member.key, 0, 1) < mean - whole;
    const count = isMore ? whole + 1 : whole;
    const size = Math.min(outputBytesMax, Math.max(0, Math.round(value(output, purpose.output))));
    if (count === 1) return new Uint8Array(size);
    if (count === 0) return none;
    return new Many(Array.from({ length: count }, () => new Uint8Array(size)));
  };
  const failsBy = ({ draws: { seed, stage, key, attempt } }: StageContext): boolean =>
    new DrawSeries(seed, purpose.failure, stage).unit(key, attempt, 0) < failure;
  const work = async (ctx: StageContext): Promise<void> => {
    await play(phases, purpose.service, ctx);
    if (failsBy(ctx)) throw new Error('It fails by chance, as its `failure` says.');
  };
  return {
    /** One item, or a list of them where the stage has batches. */
    async stage(_input: unknown, ctx: StageContext): Promise<unknown> {
      await work(ctx);
      const { members, kind } = ctx.draws;
      return kind === 'batch'
        ? members.map((one) => outputOf(one, ctx))
        : outputOf(members[0]!, ctx);
    },
    async foldStep(_sum: unknown, _input: unknown, ctx: StageContext): Promise<void> {
      await work(ctx);
    },
    /** It costs nothing: the steps did the work. */
    foldFinish(_sum: unknown, ctx: StageContext): unknown {
      if (failsBy(ctx)) throw new Error('It fails by chance, as its `failure` says.');
      return outputOf(ctx.draws.members[0]!, ctx);
    },
  };
}
