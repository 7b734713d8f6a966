/** Tasks to route in one go. */
const tasks = 3000;

/** So many pools; and for each task, as a number from 0 to 1, which of the open ones ends before it, and two pools. */
export default function make({ n, times }: { n: number; times: number }, ctx: StageContext) {
  const draw = () => Array.from({ length: tasks }, () => ctx.random());
  const pool = () => Math.floor(n * ctx.random());
  const pairs = Array.from({ length: tasks }, () => [pool(), pool()]);
  return { n, times, ends: draw(), pairs };
}
