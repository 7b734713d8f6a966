/** So many gaps, each a place in two dimensions: what it is about, in numbers from 0 to 999. */
export default function make({ n, times }: { n: number; times: number }, ctx: StageContext) {
  const place = () => Math.floor(1000 * ctx.random());
  return { n, times, gaps: Array.from({ length: n }, () => ({ x: place(), y: place() })) };
}
