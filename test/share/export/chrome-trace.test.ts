import { group } from 'd3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chromeTrace } from '../../../src/share/export/chrome-trace.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';
import type { Trace } from '../../../src/trace/types.ts';
import { asciiTrace } from '../../fixtures/ascii-trace.ts';
import { arbitraryCase } from '../../sim/arbitrary-case.ts';
import { watchRun } from '../../sim/watched-run.ts';

interface Event {
  ph: string;
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur: number;
  id: string;
  args: Record<string, string | number>;
}

function eventsOf(...traces: Trace[]): Event[] {
  const runs = traces.map((trace, at) => ({ name: `run ${at}`, trace }));
  const { traceEvents } = JSON.parse([...chromeTrace(runs)].join('')) as { traceEvents: Event[] };
  return traceEvents;
}
const spans = (events: Event[]): Event[] => events.filter(({ ph }) => ph === 'X');

describe('a Chrome trace', () => {
  const drawn = asciiTrace(`
    stages  a b
    w0       aaaa  bbb
    w1        aaa    bbb
    w1         aaaaa
    hit     b
  `);
  const events = eventsOf(drawn);

  it('has a span a task, in µs, on the thread of its worker', () => {
    expect(spans(events).map(({ name, ts, dur }) => [name, ts, dur])).toEqual([
      ['a', 1000, 4000],
      ['a', 2000, 3000],
      ['a', 3000, 5000],
      ['b', 7000, 3000],
      ['b', 9000, 3000],
    ]);
    const threads = events
      .filter(({ name }) => name === 'thread_name')
      .map(({ args }) => args['name']);
    expect(threads).toEqual(['pipeline', 'worker 1', 'worker 2', 'worker 2, place 2']);
  });

  it('leads from a task to the one that took in what it put out', () => {
    const arrows = events.filter(({ ph }) => ph === 's' || ph === 'f');
    expect(arrows.length).toBeGreaterThan(0);
    for (const { id, ph, ts, tid } of arrows) {
      const inside = spans(events).find(
        (span) => span.tid === tid && span.ts <= ts && ts < span.ts + span.dur,
      )!;
      expect(inside.name, `${ph} ${id}`).toBe(ph === 's' ? 'a' : 'b');
    }
  });

  it('counts queues, and says what the cache answered', () => {
    expect(events.some(({ ph, name }) => ph === 'C' && name === 'Queue of b')).toBe(true);
    expect(events.some(({ ph, name }) => ph === 'i' && name === 'b: from the cache')).toBe(true);
  });

  it('has several runs side by side, and none at all', () => {
    expect(new Set(eventsOf(drawn, drawn).map(({ pid }) => pid))).toEqual(new Set([1, 2]));
    expect(eventsOf()).toEqual([]);
  });

  it('of any run: every task once, no two spans of a thread overlap, every arrow has both its ends', () => {
    fc.assert(
      fc.property(arbitraryCase, (one) => {
        const { trace } = watchRun(parseDocument(one.document).pipeline!, one);
        const { tasks } = trace;
        const found = eventsOf(trace);
        const ran = [...tasks.worker.subarray(0, tasks.count)].filter((worker) => worker >= 0);
        expect(spans(found)).toHaveLength(ran.length);
        const byThread = group(spans(found), ({ tid }) => tid);
        for (const own of byThread.values()) {
          own.sort((a, b) => a.ts - b.ts || a.dur - b.dur);
          own.slice(1).forEach(({ ts }, at) => {
            expect(ts).toBeGreaterThanOrEqual(own[at]!.ts + own[at]!.dur - 1e-3);
          });
        }
        const ends = group(
          found.filter(({ id }) => id !== undefined),
          ({ id }) => id,
        );
        for (const [from, to, ...more] of ends.values()) {
          expect([from!.ph, to!.ph, more.length]).toEqual(['s', 'f', 0]);
          expect(from!.ts).toBeLessThanOrEqual(to!.ts);
        }
        for (const { ts, ph } of found) if (ph !== 'M') expect(ts).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 100 },
    );
  });
});
