import { expect, test } from 'vitest';
import { epochMs } from '../../src/live/coordinator/clock.ts';
import { Outcome } from '../../src/trace/types.ts';
import { begun } from './puppets.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
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

// Clocks of threads are set when they start: before and after the computer has slept, or a little wrong.
test.each([-hourMs, -50, -1.2, 0, 1.2, 50, hourMs])(
  'a worker whose clock is %d ms ahead loses nothing, and its tasks took as long as it says',
  async (aheadMs) => {
    const { machine, puppets } = one(3);
    for (let task = 0; task < 3; task++) {
      const startMs = epochMs() + aheadMs;
      await sleep(5);
      puppets[0]!.end({ startMs, endMs: epochMs() + aheadMs });
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
    const startMs = epochMs() + aheadMs;
    await sleep(45);
    puppets[0]!.end({ startMs, endMs: epochMs() + aheadMs });
    expect(machine.trace.tasks.outcome[0]).toBe(Outcome.timedOut);
    machine.stop();
  },
);

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
