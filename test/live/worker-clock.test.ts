import { expect, test } from 'vitest';
import { epochMs } from '../../src/live/coordinator/clock.ts';
import { Outcome } from '../../src/trace/types.ts';
import { WorkerClock } from '../../src/live/coordinator/worker-clock.ts';
import { begun } from './puppets.ts';
import { sleep } from './sleep.ts';

const hourMs = 3_600_000;

/** One worker, which has been sent its first task and has ended none. */
const one = (items: number, timeout: number | null = null) =>
  begun({
    ...{ items, ends: 0 },
    document: {
      stages: [{ id: 'a', timeout, work: { kind: 'code', source: '' } }],
      machine: { workers: 1 },
    },
  });

/** When a task began and ended by such a clock, which took so many ms. */
async function worked(ms: number, aheadMs: number): Promise<{ startMs: number; endMs: number }> {
  const startMs = epochMs() + aheadMs;
  await sleep(ms);
  return { startMs, endMs: epochMs() + aheadMs };
}

// Clocks of threads are set when they start: before and after the computer has slept, or a little wrong.
test.each([-hourMs, -50, -1.2, 0, 1.2, 50, hourMs])(
  'a worker whose clock is %d ms ahead loses nothing, and its tasks took as long as it says',
  async (aheadMs) => {
    const { machine, puppets } = one(3);
    for (let task = 0; task < 3; task++) {
      puppets[0]!.end(await worked(5, aheadMs));
    }
    const { tasks, meta } = machine.trace;
    expect(meta.items).toMatchObject({ delivered: 3, failed: 0 });
    expect(tasks.end[0]! - tasks.start[0]!).toBeGreaterThan(4);
    let beforeMs = 0;
    for (let row = 0; row < 3; row++) {
      expect(tasks.outcome[row]).toBe(Outcome.ok);
      expect(tasks.start[row]).toBeGreaterThanOrEqual(Math.max(beforeMs, tasks.dispatch[row]!));
      expect(tasks.end[row]).toBeGreaterThanOrEqual(tasks.start[row]!);
      beforeMs = tasks.end[row]!;
    }
    expect(beforeMs).toBeLessThanOrEqual(meta.makespan);
  },
);

test.each([-hourMs, -20, 0, 20, hourMs])(
  'a task that took longer than it may is found out by a clock that is %d ms ahead',
  async (aheadMs) => {
    const { machine, puppets } = one(1, 30);
    puppets[0]!.end(await worked(45, aheadMs));
    expect(machine.trace.tasks.outcome[0]).toBe(Outcome.timedOut);
    machine.stop();
  },
);

test.each([-hourMs, -50, 50, hourMs])(
  'a first message that was long on its way sets no later task wrong (clock %d ms ahead)',
  async (aheadMs) => {
    const { machine, puppets } = one(4);
    for (let task = 0; task < 4; task++) {
      const end = await worked(5, aheadMs);
      if (task === 0) await sleep(150);
      puppets[0]!.end(end);
    }
    const { tasks, meta } = machine.trace;
    expect(meta.items).toMatchObject({ delivered: 4, failed: 0 });
    // The second may have to make room for where the first was put.
    for (const row of [0, 2, 3]) expect(tasks.end[row]! - tasks.start[row]!).toBeGreaterThan(4);
    for (let row = 1; row < 4; row++)
      expect(tasks.start[row]).toBeGreaterThanOrEqual(tasks.end[row - 1]!);
  },
);

test('what is told after the clock is known better begins no earlier than what was told before', () => {
  const clock = new WorkerClock();
  // 50 ms ahead, which cannot be seen: it ran from 0 to 5, and was heard at 205.
  clock.hear(50, 55, 0, 205);
  expect([clock.startOf(50), clock.endOf(55)]).toEqual([50, 55]);
  // Of this message the first ran from 200 to 201, the last until 211.
  clock.hear(250, 261, 1, 211.5);
  expect([clock.startOf(250), clock.endOf(251)]).toEqual([205, 201.5]);
  expect([clock.startOf(260), clock.endOf(261)]).toEqual([210.5, 211.5]);
  // One that began beside the first message’s, in another slot, keeps its begin.
  expect(clock.startOf(60)).toBe(10.5);
  clock.hear(300, 301, 240, 251.25);
  expect(clock.endOf(301)).toBe(251.25);
  // No clock is so: it stays as it is.
  clock.hear(200, 500, 260, 300);
  expect(clock.endOf(301)).toBe(251.25);
});

test('each task of a message tells of the clock: none is put before it was sent', () => {
  const clock = new WorkerClock();
  // 150 ms behind. One was sent at 1 and held up until 300; one was sent at 299. Both were heard of at 301.
  clock.hear(150, 150.4, 1, 301);
  expect(clock.startOf(150)).toBe(150);
  clock.hear(150.2, 150.4, 299, 301);
  expect([clock.startOf(150.2), clock.endOf(150.4)]).toEqual([299, expect.closeTo(299.2)]);
});

const noClock = 'Its worker reported times at which it did not run.';

test.each([-hourMs, -5000, -150, 150, 5000, hourMs])(
  'a clock that jumps by %d ms after the first word of it is none',
  (jumpMs) => {
    const { machine, puppets, failed } = one(2);
    puppets[0]!.end();
    const startMs = epochMs() + jumpMs;
    puppets[0]!.end({ startMs, endMs: startMs + 0.1 });
    expect(machine.trace.meta.items).toMatchObject({ delivered: 1, failed: 1 });
    expect(failed().map(({ message }) => message)).toEqual([noClock]);
  },
);

test.each([
  ['begins before it was sent and ends after it was heard of', -1000, 1000],
  ['takes longer than there was', -1000, 0],
  ['will have begun and ended', 500, 1500],
  ['ends before it begins', 1, 0],
])('a first task that %s has no times', (_, startsInMs, endsInMs) => {
  const { machine, puppets, failed } = one(1);
  const now = epochMs();
  puppets[0]!.end({ startMs: now + startsInMs, endMs: now + endsInMs });
  expect(machine.trace.meta.items).toMatchObject({ delivered: 0, failed: 1 });
  expect(failed().map(({ message }) => message)).toEqual([noClock]);
});
