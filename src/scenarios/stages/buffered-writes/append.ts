import { write } from 'flush';

/** Adds a chunk to what is stored. `write` says how much is gathered before it goes to the disk. */
export default async function append(chunk: { bytes: number; name: string }, ctx: StageContext) {
  await ctx.counter.add('bytes', chunk.bytes, { write });
  return chunk;
}
