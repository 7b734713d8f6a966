import { describe, expect, test } from 'vitest';
import { nowMs } from '../../src/live/runtime/builtins.ts';
import { Delays } from '../../src/live/runtime/delays.ts';
import { OpenTask, type TaskHost } from '../../src/live/runtime/open-task.ts';
import { startTask } from '../../src/live/runtime/stand-in-tasks.ts';
import { ThreadShare } from '../../src/live/runtime/thread-share.ts';
import type { WireStage } from '../../src/live/wire.ts';

describe('the share of a thread', () => {
  test('is all of it alone, and equal parts together', () => {
    const share = new ThreadShare();
    const one = share.enter(100);
    const other = share.enter(110);
    expect(share.leave(130, one)).toBe(10 + 20 / 2);
    expect(share.leave(150, other)).toBe(20 / 2 + 20);
  });

  test('leaves out what was nobody’s work, and only that', () => {
    const share = new ThreadShare();
    const one = share.enter(0);
    share.skip(8, 20);
    expect(share.leave(25, one)).toBe(8 + 5);
  });
});

const work = (ms: number): void => {
  const untilMs = nowMs() + ms;
  while (nowMs() < untilMs);
};

/** Of the only stage calls take twice as long, and its `setup()` too. */
function twiceAsLong() {
  const delays = new Delays([{ delay: { service: 2, setup: 2 } } as WireStage]);
  const host = { seed: 1, openCount: 1, delays, log() {}, ask() {} } as unknown as TaskHost;
  const task = () => new OpenTask(startTask(0), 'a', nowMs(), host);
  const begun = () => {
    const one = task();
    delays.begin(one);
    return one;
  };
  /** ms that the end of a task which works alone from now on, for 10 ms, is put off. */
  const putOffMs = () => {
    const one = begun();
    work(10);
    const fromMs = nowMs();
    delays.end(one, () => {});
    return nowMs() - fromMs;
  };
  return { delays, task, begun, putOffMs };
}

// Each is a least time by the clock that is spun on for: a slow machine only adds to it.
describe('a task that works alone is delayed for all of its time', () => {
  test('also after one that had waited for an answer', async () => {
    const { delays, begun, putOffMs } = twiceAsLong();
    const asked = begun();
    delays.answered(asked, 5);
    await new Promise<void>((ended) => delays.end(asked, ended));
    expect(putOffMs()).toBeGreaterThanOrEqual(9.9);
  });

  test('also after a set-up before the start, which waits but is no task of the run', async () => {
    const { task, putOffMs } = twiceAsLong();
    await task().wait(1);
    expect(putOffMs()).toBeGreaterThanOrEqual(9.9);
  });

  test('also where another one’s set-up ended meanwhile', async () => {
    const { delays, begun } = twiceAsLong();
    const one = begun();
    work(10);
    await delays.setUp(0, () => {})();
    const fromMs = nowMs();
    delays.end(one, () => {});
    expect(nowMs() - fromMs).toBeGreaterThanOrEqual(9.9);
  });
});
