import { expect, test } from 'vitest';
import { epochMs } from '../../src/live/coordinator/clock.ts';
import { Outcome } from '../../src/trace/types.ts';
import { begun } from './puppets.ts';

const one = () =>
  begun({
    items: 1,
    ends: 0,
    document: {
      stages: [{ id: 'a', work: { kind: 'code', source: '' } }],
      machine: { workers: 1 },
    },
  });

// A busy machine sets the clocks of some threads a little wrong.
test.each([-90, -50, -2, 0, 2, 50, 90])(
  'a worker whose clock is %i ms ahead loses nothing, and its times are put right',
  (aheadMs) => {
    const { machine, puppets } = one();
    const startMs = epochMs() + aheadMs;
    puppets[0]!.end({ startMs, endMs: startMs + 0.1 });
    const { tasks, meta } = machine.trace;
    machine.stop();
    expect(tasks.outcome[0]).toBe(Outcome.ok);
    expect(meta.items).toMatchObject({ delivered: 1, failed: 0 });
    expect(tasks.start[0]).toBeGreaterThanOrEqual(tasks.arrive[0]!);
    expect(tasks.end[0]).toBeGreaterThanOrEqual(tasks.start[0]!);
    expect(tasks.end[0]).toBeLessThanOrEqual(meta.makespan);
  },
);

test.each([-60_000, -5000, -150, 150, 5000, 60_000])('%i ms ahead is no clock', (aheadMs) => {
  const { machine, puppets, failed } = one();
  const startMs = epochMs() + aheadMs;
  puppets[0]!.end({ startMs, endMs: startMs + 0.1 });
  expect(machine.trace.meta.items).toMatchObject({ delivered: 0, failed: 1 });
  expect(failed().map(({ message }) => message)).toEqual([
    'Its worker reported times at which it did not run.',
  ]);
});
