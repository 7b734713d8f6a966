import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FromCounters, NotedCounter, ToCounters } from '../../src/base/counter-port.ts';
import type { FrameCounter, ToFrame } from '../../src/live/border.ts';
import { lossSentences, RunCounters } from '../../src/live/run-counters.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  // Of the page it is only asked whether it is hidden, and going.
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('window', new EventTarget());
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
  applied: 5,
  committed: 2,
};
const silent = () => new Promise<never>(() => {});
const countersOf = (open: () => Promise<MessagePort>) => {
  const sent: ToFrame[] = [];
  const notes: (NotedCounter[] | null)[] = [];
  const counters = new RunCounters({
    open,
    send: (message) => void sent.push(message),
    note: (counters) => void notes.push(counters),
  });
  return { sent, notes, counters };
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
      'The run was killed after 5 updates of the counter “n” had been acknowledged: storage lacks the last one.',
    ]);
    expect(lossSentences([{ ...facts![0]!, updates: 4321, lost: 1088 }])).toEqual([
      'The run was killed after 4,321 updates of the counter “n” had been acknowledged: storage lacks the last 1,088.',
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

describe('a page that is going', () => {
  const noted = [{ name: 'n', value: 12, updates: 12 }];
  const turn = (visibilityState: 'hidden' | 'visible') => {
    Object.assign(document, { visibilityState });
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const hide = () => turn('hidden');
  const leave = () => window.dispatchEvent(new Event('pagehide'));
  const counting = (counter = told) => {
    const all = countersOf(silent);
    all.counters.open();
    all.counters.take([counter]);
    return all;
  };

  test.each([
    ['hidden', hide],
    ['left', leave],
  ])('%s: the frame is to write what is not written, and it is noted', (_, go) => {
    const { sent, notes } = counting();
    go();
    expect(sent).toEqual([{ type: 'flush' }]);
    expect(notes).toEqual([noted]);
  });

  test.each([
    ['all is written', { committed: 5 }],
    ['storage was refused', { written: null }],
  ])('when %s nothing is noted', (_, more) => {
    const { notes } = counting({ ...told, ...more });
    leave();
    expect(notes).toEqual([]);
  });

  test('and stays: the note goes when what it says is written, whatever has come since', () => {
    const { notes, counters } = counting();
    hide();
    counters.take([{ ...told, applied: 9, committed: 4 }]);
    expect(notes).toEqual([noted]);
    counters.take([{ ...told, applied: 9, committed: 5 }]);
    expect(notes).toEqual([noted, null]);
  });

  test('and comes back: it can write by itself again', () => {
    const { notes } = counting();
    hide();
    turn('visible');
    expect(notes).toEqual([noted, null]);
  });

  test('the end of a run takes its note back, and none is written after it', async () => {
    const { notes, counters } = counting();
    hide();
    await counters.end(false);
    leave();
    expect(notes).toEqual([noted, null]);
  });
});
