import { expect, test } from 'vitest';
import { idealOverheads } from '../../src/engine/runner.ts';
import { calibrate, calibrationOver } from '../../src/live/calibrate.ts';
import { openCoordinator } from '../../src/live/coordinator/coordinator.ts';

test('calibration gives what the simulated machine needs', async () => {
  const { overheads, twoWorkerRatio } = await calibrate();
  console.log(JSON.stringify({ overheads, twoWorkerRatio }));
  expect(Object.keys(overheads).sort()).toEqual(Object.keys(idealOverheads).sort());
  expect(overheads.startWorkerMs).toBeGreaterThan(0);
  expect(overheads.startTaskMs).toBeGreaterThan(0);
  expect(overheads.dispatchMs).toBeGreaterThan(0);
  expect(overheads.turnMs).toBeGreaterThan(0);
  for (const value of Object.values(overheads)) expect(value).toBeGreaterThanOrEqual(0);
  expect(overheads.contention).toBeCloseTo(Math.min(1, Math.max(0, 2 / twoWorkerRatio - 1)));
  expect(twoWorkerRatio).toBeGreaterThan(0.3);
  expect(twoWorkerRatio).toBeLessThan(3);
});

const open = (port: MessagePort, stageWorker: string): void =>
  openCoordinator({ stageWorker, port, hasher: null, memoryGiB: null });

test('when a worker cannot be had the page hears why at once', async () => {
  const { port1, port2 } = new MessageChannel();
  open(port2, 'throw new Error("no memory left")');
  const found = calibrationOver(port1);
  await expect(found).rejects.toThrow('A worker broke: Uncaught Error: no memory left.');
});

test('nor is an answer waited for that a worker can no longer give', async () => {
  const { port1, port2 } = new MessageChannel();
  open(
    port2,
    `onmessage = () => {
       postMessage({ type: 'ready' });
       onmessage = () => { throw new Error('its heap is full'); };
     };`,
  );
  await expect(calibrationOver(port1)).rejects.toThrow('A worker broke: Uncaught Error: its heap');
});
