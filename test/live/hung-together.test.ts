import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LiveMachine } from '../../src/live/coordinator/live-machine.ts';
import type { StageDocument } from '../../src/pipeline/types.ts';
import { Outcome } from '../../src/trace/types.ts';
import { begun } from './puppets.ts';
import { sleep } from './sleep.ts';

const work = { kind: 'code' as const, source: '' };
const timeoutMs = 30;
const soon = { timeout: 2000, interval: 5 };

const outcomesOf = ({ trace: { tasks } }: LiveMachine) =>
  Array.from(tasks.outcome.subarray(0, tasks.count));

afterEach(() => {
  vi.unstubAllGlobals();
});

test('of a worker that hears nothing all that may be the cause run again, each of them alone', async () => {
  const { machine, puppets } = begun({
    items: 3,
    document: {
      stages: [{ id: 'a', work, timeout: timeoutMs, retry: { attempts: 2 } }],
      machine: { workers: 1, tasksPerWorker: 3 },
    },
  });
  const [one] = puppets;
  await vi.waitFor(() => expect(one!.isGone).toBe(true), soon);
  expect(outcomesOf(machine)).toEqual([Outcome.ok, Outcome.lost, Outcome.lost]);
  const again = puppets[1]!;
  again.isReady();
  expect(again.sent).toHaveLength(1);
  again.end();
  expect(again.sent).toHaveLength(2);
  // That was not it; this is.
  await vi.waitFor(() => expect(again.isGone).toBe(true), soon);
  expect(machine.trace.meta.stages[0]).toMatchObject({ delivered: 2, timedOut: 1 });
  machine.stop();
});

describe('while code of a task that may take its time has the thread', () => {
  /** A worker that shares how far it is; what it is sent of two stages, the second of which has a timeout. */
  const held = () => {
    vi.stubGlobal('crossOriginIsolated', true);
    const stages: StageDocument[] = [
      { id: 'holds', work, permits: 2 },
      { id: 'waits', work, timeout: timeoutMs, permits: 1 },
    ];
    const made = begun({
      ...{ items: 2, ends: 0 },
      document: { stages, machine: { workers: 1, tasksPerWorker: 3 } },
    });
    const [puppet] = made.puppets;
    const places = puppet!.sent.map(({ stage }) => stage);
    const show = (begun: number, turn: number) => {
      puppet!.progress![0] = begun;
      puppet!.progress![3] = turn;
    };
    return { ...made, puppet: puppet!, places, show };
  };

  test('another that is over its time is not to blame: it cannot hear of it', async () => {
    const { machine, puppet, places, show } = held();
    show(places.indexOf(0) + 1, places.indexOf(0) + 1);
    await vi.waitFor(() => expect(puppet.aborted).toHaveLength(1), soon);
    await sleep(150);
    expect(puppet.isGone).toBe(false);
    expect(outcomesOf(machine)).toEqual([]);
    machine.stop();
  });

  test('but for one that began, if the thread has been free meanwhile', async () => {
    const { machine, puppet, places, show } = held();
    show(2, 0);
    await vi.waitFor(() => expect(puppet.aborted).toHaveLength(1), soon);
    show(3, places.lastIndexOf(0) + 1);
    await vi.waitFor(() => expect(puppet.isGone).toBe(true), soon);
    expect(machine.trace.meta.stages[1]).toMatchObject({ timedOut: 1, failed: 1 });
    expect(machine.trace.meta.stages[0]).toMatchObject({ failed: 0 });
    machine.stop();
  });
});

test('a fold that has taken nothing in goes on elsewhere, and nothing is told of it', async () => {
  vi.stubGlobal('crossOriginIsolated', true);
  const { puppets, machine, failed } = begun({
    ...{ items: 1, ends: 0 },
    document: {
      stages: [
        { id: 'hangs', work, timeout: timeoutMs },
        { id: 'folds', work, join: 'fold' },
      ],
      machine: { workers: 1, tasksPerWorker: 2 },
    },
  });
  const [one] = puppets;
  const place = one!.sent.findIndex(({ stage }) => stage === 0);
  one!.progress!.set([2, 0, 0, place + 1]);
  await vi.waitFor(() => expect(one!.isGone).toBe(true), soon);
  puppets[1]!.isReady();
  puppets[1]!.end();
  expect(failed().map(({ stage }) => stage)).toEqual(['hangs']);
  expect(machine.trace.meta.stages[1]).toMatchObject({ delivered: 1, failed: 0 });
  machine.stop();
});
