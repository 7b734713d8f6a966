import { Outcome, type Trace } from '../../src/trace/types.ts';

/** Items that the cache answered, a stage. */
export function hitItems({ meta, tasks }: Trace): number[][] {
  const items = meta.stages.map((): number[] => []);
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.outcome[row] === Outcome.hit) items[tasks.stage[row]!]!.push(tasks.item[row]!);
  }
  return items;
}
