import { expect, test, vi } from 'vitest';
import { epochMs } from '../../src/live/coordinator/clock.ts';
import type { StageDocument } from '../../src/pipeline/types.ts';
import { Outcome } from '../../src/trace/types.ts';
import { begun } from './puppets.ts';

const timeoutMs = 30;
const withTimeout = (join: 'each' | 'fold', retry: StageDocument['retry'] = {}) =>
  begun({
    items: 2,
    document: {
      stages: [{ id: 'a', work: { kind: 'code', source: '' }, timeout: timeoutMs, join, retry }],
      machine: { workers: 1 },
    },
  });
const late = { message: 'The task was given up.', stack: '' };
const nothing = { values: [], codes: [] };

/** What became of the second task. */
function ofSecond(made: ReturnType<typeof begun>) {
  const { tasks } = made.machine.trace;
  made.machine.stop();
  return tasks.outcome[1];
}
const signalled = (made: Pick<ReturnType<typeof begun>, 'puppets'>) =>
  vi.waitFor(() => expect(made.puppets[0]!.aborted).toHaveLength(1), { interval: 1 });

test('a task that ended in time is in time, though its end is heard when the time is over', async () => {
  const made = withTimeout('each');
  const endMs = epochMs();
  await signalled(made);
  made.puppets[0]!.end({ startMs: endMs, endMs });
  expect(ofSecond(made)).toBe(Outcome.ok);
});

test('one that ended after it is not, whatever it gave', async () => {
  const made = withTimeout('each');
  await signalled(made);
  made.puppets[0]!.end();
  expect(ofSecond(made)).toBe(Outcome.timedOut);
});

test('a step that was kept in its fold is in time, by whatever clock', async () => {
  const made = withTimeout('fold');
  await signalled(made);
  made.puppets[0]!.end();
  expect(ofSecond(made)).toBe(Outcome.ok);
});

test('a step that was not kept for its time is over it, before its signal was sent too', () => {
  const made = withTimeout('fold');
  const endMs = epochMs();
  made.puppets[0]!.end({ startMs: endMs - 2 * timeoutMs, endMs, fault: late, ...nothing });
  expect(ofSecond(made)).toBe(Outcome.timedOut);
});

test('a step that takes its fold with it is told of, though its stage tries others again', async () => {
  const made = withTimeout('fold', { attempts: 2, backoff: 10_000 });
  await vi.waitFor(() => expect(made.puppets[0]!.isGone).toBe(true), { interval: 5 });
  expect(made.failed().map(({ item }) => item)).toEqual(['1', 'a']);
  expect(made.machine.trace.meta.stages[0]).toMatchObject({ delivered: 1, failed: 1 });
  made.machine.stop();
});

test('a worker whose answer has come, but waits to be heard, is not ended', async () => {
  const { machine, puppets } = withTimeout('each');
  await signalled({ puppets });
  const busyUntilMs = epochMs() + 100;
  while (epochMs() < busyUntilMs);
  // The first turn after that is for something else.
  machine.pause();
  expect(puppets[0]!.isGone).toBe(false);
  puppets[0]!.end();
  expect(machine.trace.meta.stages[0]).toMatchObject({ timedOut: 1 });
  machine.stop();
});
