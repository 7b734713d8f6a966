import { expect, test } from 'vitest';
import { Accumulators } from '../../src/live/runtime/accumulators.ts';
import { epochMs } from '../../src/live/coordinator/clock.ts';
import type { StageContext } from '../../src/live/runtime/context.ts';
import type { OpenTask } from '../../src/live/runtime/open-task.ts';

const module = {
  init: 0,
  default: (sum: unknown, n: unknown) =>
    n === 'later' ? Promise.resolve(-1) : (sum as number) + (n as number),
};
const ctx = {} as StageContext;
/** A step that began so long ago. */
const task = (input: unknown, sinceMs = 0, isAborted = false): OpenTask =>
  ({ wire: { stage: 0, input }, startMs: epochMs() - sinceMs, isAborted }) as unknown as OpenTask;

test('a step of a fold that is over its time, or given up, is not kept and fails', async () => {
  const folds = new Accumulators();
  const step = (of: OpenTask): unknown => folds.step(of, module, 1000, ctx);
  step(task(1));
  expect(() => step(task(10, 2000))).toThrow('given up');
  expect(() => step(task(100, 0, true))).toThrow('given up');
  await expect(step(task('later', 2000))).rejects.toThrow('given up');
  step(task(1000));
  expect(folds.finish(0, module, ctx)).toBe(1001);
});
