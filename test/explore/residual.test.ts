import { expect, test } from 'vitest';
import { idealOverheads, type Overheads } from '../../src/engine/runner.ts';
import { causes, overheadSteps, residual } from '../../src/explore/residual.ts';

const overheads: Overheads = {
  ...{ startWorkerMs: 20, startTaskMs: 0.01, perByteMs: 1e-6, messageMs: 0.02, turnMs: 0.03 },
  ...{ dispatchMs: 0.04, wakeMs: 0.1, timerStepMs: 1, helperShare: 0.5, contention: 0.2 },
};

test('each step adds its cause to all before it, and the last is the whole machine', () => {
  const steps = overheadSteps(overheads);
  expect(steps.map(({ cause }) => cause)).toEqual(causes);
  expect(steps[0]!.overheads).toEqual({ ...idealOverheads, startWorkerMs: 20 });
  expect(steps.at(-1)!.overheads).toEqual(overheads);
});

test('ideal, steps and the unexplained rest add up to what was measured', () => {
  const found = residual(100, [101, 110, 110, 112, 120], 126);
  expect(found.steps.map(({ ms }) => ms)).toEqual([1, 9, 0, 2, 8]);
  expect(found.unexplainedMs).toBe(6);
  const sum = found.steps.reduce((total, { ms }) => total + ms, found.idealMs);
  expect(sum + found.unexplainedMs).toBe(found.measuredMs);
});

test('without steps all that is not ideal is unexplained', () => {
  expect(residual(100, [], 90)).toMatchObject({ steps: [], unexplainedMs: -10 });
});
