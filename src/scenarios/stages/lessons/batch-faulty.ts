/** 200 inputs in batches of 50, each batch four at a time: or so it is meant. */
export default async (item: { inputs: number }, ctx: StageContext) => {
  const inputs = Array.from({ length: item.inputs }, (_, index) => index);
  const results: number[] = [];
  const square = async (input: number): Promise<number> => {
    await ctx.wait(1);
    return input * input;
  };
  async function processBatch(batch: number[], concurrency: number): Promise<void> {
    const running = batch.slice(0, concurrency).map(square);
    results.push(...(await Promise.all(running)));
  }
  for (let at = 0; at < inputs.length; at += 50) await processBatch(inputs.slice(at, at + 50), 4);
  return { reported: inputs.length, kept: results.length };
};
