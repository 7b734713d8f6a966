import { expect, test } from 'vitest';
import { calibrate } from '../../src/live/calibrate.ts';

test('calibration gives what the simulated machine needs', async () => {
  const found = await calibrate();
  expect(found.startWorkerMs).toBeGreaterThan(0);
  expect(found.startTaskMs).toBeGreaterThan(0);
  expect(found.perByteMs).toBeGreaterThanOrEqual(0);
  expect(found.twoWorkerRatio).toBeGreaterThan(0.3);
  expect(found.twoWorkerRatio).toBeLessThan(3);
});
