import cluster from 'cluster';
import findCycle from 'cycles';
import sort from 'sort';

/** Plans a workload of n steps: clusters its gaps, looks for circles, puts the steps in order, sends them on. */
export default function plan({ n, stepMs }: { n: number; stepMs: number }, ctx: StageContext) {
  const place = () => Math.floor(1000 * ctx.random());
  const gaps = Array.from({ length: n }, () => ({ x: place(), y: place() }));
  const clusters = cluster({ times: 1, gaps }).length;
  const before = gaps.map((_, step) => stepsBefore(step).filter(() => ctx.random() < 0.5));
  const needs = Object.fromEntries(before.map((some, step) => [`${step}`, some.map(String)]));
  if (findCycle({ needs }).cycle) throw new Error('These steps wait for each other.');
  const steps = sort({ times: 1, before }).flat();
  return ctx.many(steps.map((step, place) => ({ step, place, n, stepMs, clusters })));
}

function stepsBefore(step: number): number[] {
  return Array.from({ length: step }, (_, other) => other);
}
