import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FromCounters, ToCounters } from '../../src/base/counter-port.ts';
import type { FrameCounter, ToFrame } from '../../src/live/border.ts';
import { lossSentences, RunCounters } from '../../src/live/run-counters.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  // Of the page it is only asked whether it is hidden.
  vi.stubGlobal('document', new EventTarget());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const told: FrameCounter = {
  name: 'n',
  value: 12,
  updates: 5,
  writes: 1,
  written: 10,
  unwritten: 3,
  updatesBefore: 7,
};
const silent = () => new Promise<never>(() => {});
const countersOf = (open: () => Promise<MessagePort>) => {
  const sent: ToFrame[] = [];
  return { sent, counters: new RunCounters({ open, send: (message) => void sent.push(message) }) };
};

describe('counters of a run', () => {
  test('whose storage never opens: the frame is told, and counts in memory', async () => {
    const { counters, sent } = countersOf(silent);
    counters.open();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(sent).toEqual([{ type: 'counters-open', why: 'storage does not answer' }]);
  });

  test.each([
    ['never opens', silent],
    ['opens, and says nothing', () => Promise.resolve(new MessageChannel().port1)],
    ['is refused', () => Promise.reject(new Error('no'))],
  ])('killed, and storage %s: all that no write was told of counts as lost', async (_, open) => {
    const { counters } = countersOf(open);
    counters.take([told]);
    const ended = counters.end(true);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(await ended).toMatchObject([{ name: 'n', updates: 5, unwritten: 3, lost: 3 }]);
  });

  test('killed: what storage has tells what is lost', async () => {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = ({ data: { request } }: MessageEvent<ToCounters>) => {
      const values = [{ value: 11, updates: 11 }];
      port2.postMessage({ type: 'counter-values', request, values } satisfies FromCounters);
    };
    const { counters } = countersOf(() => Promise.resolve(port1));
    counters.take([told]);
    const ended = counters.end(true);
    await vi.advanceTimersByTimeAsync(500);
    const facts = await ended;
    expect(facts).toMatchObject([{ written: 11, unwritten: 1, lost: 1 }]);
    expect(lossSentences(facts!)).toEqual([
      'The run was killed after 5 updates of the counter "n" had been acknowledged: storage lacks the last one.',
    ]);
    port2.close();
  });

  test('done: nothing is lost, and storage is not asked', async () => {
    const open = vi.fn(silent);
    const { counters } = countersOf(open);
    expect(await counters.end(false)).toBe(undefined);
    counters.take([told]);
    expect(await counters.end(false)).toMatchObject([{ updates: 5, lost: null }]);
    expect(open).not.toHaveBeenCalled();
  });
});
