import { expect, test, vi } from 'vitest';
import { Outcome } from '../../src/trace/types.ts';
import { begun } from './puppets.ts';

/** Two workers with three slots, whose tasks may take so long. */
const timeoutMs = 40;
const hung = (items: number) =>
  begun({
    items,
    document: {
      stages: [
        {
          id: 'a',
          work: { kind: 'code', source: '' },
          timeout: timeoutMs,
          retry: { attempts: 2 },
        },
      ],
      machine: { workers: 2, tasksPerWorker: 3 },
    },
  });

test('of a worker that hears nothing all tasks that are over their time count as such, so none can hang it again unseen', async () => {
  const { machine, puppets } = hung(6);
  const [one] = puppets;
  // One of the six has ended; of the others nobody ever hears again.
  await vi.waitFor(() => expect(one!.isGone).toBe(true), { timeout: 2000, interval: 5 });
  const { tasks } = machine.trace;
  const outcomes = Array.from(tasks.outcome.subarray(0, tasks.count));
  const first = outcomes.filter((_, row) => tasks.worker[row] === 0 && tasks.attempt[row] === 1);
  expect(first.filter((one) => one === Outcome.retried)).toHaveLength(2);
  expect(first.filter((one) => one === Outcome.lost)).toHaveLength(0);
  machine.stop();
});
