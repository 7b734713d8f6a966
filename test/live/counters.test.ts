import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FromCounters, ToCounters } from '../../src/base/counter-port.ts';
import { Counters } from '../../src/live/coordinator/counters.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

const through = { every: 1, everyMs: 0 };
const late = { every: null, everyMs: 60_000 };
/** Messages that were posted have come. */
async function posted(): Promise<void> {
  for (let turns = 0; turns < 10; turns++) await new Promise((resolve) => setImmediate(resolve));
}

/** Counters whose storage answers as the test says: null, not at all. */
function connected(answer: (message: ToCounters) => FromCounters | null) {
  const { port1, port2 } = new MessageChannel();
  const asked: ToCounters[] = [];
  port2.onmessage = ({ data }: MessageEvent<ToCounters>) => {
    asked.push(data);
    const said = answer(data);
    if (said) port2.postMessage(said);
  };
  const notices: string[] = [];
  const replies: (number | Error)[] = [];
  const counters: Counters = new Counters({
    wantPort: () => counters.connect(port1, null),
    notice: (text) => notices.push(text),
  });
  const answerLast = () => port2.postMessage(zeros(asked.at(-1)!));
  const close = () => [port1, port2].forEach((port) => port.close());
  return {
    counters,
    asked,
    notices,
    replies,
    reply: (one: number | Error) => replies.push(one),
    close,
    answerLast,
  };
}
const zeros = ({ request, ...message }: ToCounters): FromCounters => ({
  type: 'counter-values',
  request,
  values: (message.type === 'counter-read' ? message.names : message.changes).map(() => ({
    value: 0,
    updates: 0,
  })),
});

describe('counters whose storage', () => {
  test('dies while it writes: what waited goes on in memory, and that is said', async () => {
    const all = connected((message) => (message.type === 'counter-read' ? zeros(message) : null));
    const { counters, notices, replies, reply } = all;
    counters.add('a', 2, through, reply);
    await posted();
    const flushed = counters.flush();
    expect(replies).toEqual([]);
    vi.advanceTimersByTime(10_000);
    await flushed;
    expect(replies).toEqual([2]);
    counters.add('a', 1, through, reply);
    counters.add('b', 1, through, reply);
    expect(replies).toEqual([2, 3, 1]);
    expect(notices).toEqual(['Counters are not kept for the next run: storage does not answer.']);
    expect(counters.facts()).toMatchObject([
      { name: 'a', value: 3, updates: 2, writes: 0, written: null, unwritten: 2 },
      { name: 'b', value: 1 },
    ]);
    all.close();
  });

  test('refuses a write: nothing of it counts as written', async () => {
    const all = connected((message) =>
      message.type === 'counter-read'
        ? zeros(message)
        : { type: 'counter-refused', request: message.request, why: 'it is full' },
    );
    all.counters.add('a', 1, through, all.reply);
    await posted();
    expect(all.replies).toEqual([1]);
    expect(all.notices).toEqual(['Counters are not kept for the next run: it is full.']);
    expect(all.counters.facts()).toMatchObject([{ writes: 0, written: null, unwritten: 1 }]);
    all.close();
  });

  test('is asked for one write at a time, with all that came meanwhile', async () => {
    const writes: ToCounters[] = [];
    let goOn = false;
    const all = connected((message) => {
      if (message.type === 'counter-add') writes.push(message);
      return message.type === 'counter-read' || goOn ? zeros(message) : null;
    });
    all.counters.add('a', 1, through, all.reply);
    await posted();
    for (const by of [2, 3, 4]) all.counters.add('a', by, through, all.reply);
    await posted();
    expect(writes).toMatchObject([{ changes: [{ name: 'a', by: 1, updates: 1 }] }]);
    expect(all.replies).toEqual([]);
    goOn = true;
    all.answerLast();
    await posted();
    expect(writes.slice(1)).toMatchObject([{ changes: [{ name: 'a', by: 9, updates: 3 }] }]);
    expect(all.replies).toEqual([1, 3, 6, 10]);
    all.close();
  });

  test('is left alone by what is not due, until the end', async () => {
    const all = connected(zeros);
    for (let i = 0; i < 5; i++) all.counters.add('a', 1, late, all.reply);
    await posted();
    expect(all.replies).toEqual([1, 2, 3, 4, 5]);
    expect(all.asked.map(({ type }) => type)).toEqual(['counter-read']);
    await all.counters.flush();
    expect(all.asked.map(({ type }) => type)).toEqual(['counter-read', 'counter-add']);
    all.close();
  });

  test('answers when the run has been killed: what waited for it is not acknowledged', async () => {
    const all = connected(() => null);
    all.counters.add('a', 1, late, all.reply);
    await posted();
    all.counters.halt();
    all.answerLast();
    await posted();
    expect(all.asked.map(({ type }) => type)).toEqual(['counter-read']);
    expect(all.replies).toEqual([]);
    expect(all.counters.facts()).toEqual([]);
    all.close();
  });

  test('is not asked at all once the run is killed, and nobody gets an answer', async () => {
    const all = connected(zeros);
    all.counters.add('a', 1, late, all.reply);
    await posted();
    all.counters.halt();
    all.counters.add('a', 1, through, all.reply);
    await all.counters.flush();
    vi.advanceTimersByTime(100_000);
    await posted();
    expect(all.replies).toEqual([1]);
    expect(all.asked.map(({ type }) => type)).toEqual(['counter-read']);
    expect(all.counters.facts()).toMatchObject([{ updates: 1, unwritten: 1 }]);
    all.close();
  });
});
