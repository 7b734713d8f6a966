import { write } from 'write';

const pools = ['north', 'east', 'south', 'west'];

/** Round robin: the next request goes to the next pool. The cursor outlives the run, so the next one goes on. */
export default async function route({ index }: { index: number }, ctx: StageContext) {
  const cursor = await ctx.counter.add('cursor', 1, { write });
  return { request: index, cursor, pool: pools[(cursor - 1) % pools.length]! };
}
