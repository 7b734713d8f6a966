import { write } from 'flush';

/** Notes how far the file is stored. `write` says how many chunks go by before that goes to the disk. */
export default async function append(chunk: { bytes: number; name: string }, ctx: StageContext) {
  await ctx.counter.add('bytes', chunk.bytes, { write });
  return chunk;
}
