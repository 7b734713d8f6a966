/** 200 inputs, four at a time: whoever is done takes the next, until there is none. */
export default async (item: { inputs: number }, ctx: StageContext) => {
  const inputs = Array.from({ length: item.inputs }, (_, index) => index);
  const results: number[] = [];
  let next = 0;
  async function work(): Promise<void> {
    while (next < inputs.length) {
      const input = inputs[next++]!;
      await ctx.wait(1);
      results.push(input * input);
    }
  }
  await Promise.all([work(), work(), work(), work()]);
  return { reported: inputs.length, kept: results.length };
};
