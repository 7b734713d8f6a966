const states = ['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED'];

/** A workflow of so many steps, each in some state. */
export default function make({ n, times }: { n: number; times: number }, ctx: StageContext) {
  const steps = Array.from({ length: n }, () => ({
    status: states[Math.floor(states.length * ctx.random())]!,
  }));
  return { n, times, steps };
}
