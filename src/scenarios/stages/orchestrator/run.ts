import countActive from 'status';

interface Step {
  place: number;
  n: number;
  stepMs: number;
}

/** Lets the step do its work, which one only waits for here, and counts how many are then still to be done. */
export default async function run({ place, n, stepMs }: Step, ctx: StageContext) {
  await ctx.wait(stepMs);
  const steps = Array.from({ length: n }, (_, at) => ({
    status: at <= place ? 'SUCCEEDED' : 'PENDING',
  }));
  return { left: countActive({ times: 1, steps }) };
}
