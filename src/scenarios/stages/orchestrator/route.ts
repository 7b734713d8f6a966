import { write } from 'storage';

const pools = ['north', 'east', 'south', 'west'];

/** Round robin, by a cursor that is written to storage. */
export default async function route<Step extends object>(step: Step, ctx: StageContext) {
  const cursor = await ctx.counter.add('cursor', 1, { write });
  return { ...step, pool: pools[(cursor - 1) % pools.length]! };
}
