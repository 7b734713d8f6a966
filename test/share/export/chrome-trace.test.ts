import { describe, expect, it } from 'vitest';
import { chromeTrace } from '../../../src/share/export/chrome-trace.ts';
import type { Trace } from '../../../src/trace/types.ts';
import { asciiTrace } from '../../fixtures/ascii-trace.ts';
import { cpuStage, document, simulateDocument } from '../../sim/run.ts';

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
    expect(new Set(eventsOf(drawn, drawn).map(({ pid }) => pid)).size).toBe(2);
    expect(eventsOf()).toEqual([]);
  });

  it('keeps the queues of stages of one name apart', () => {
    const { trace } = simulateDocument(
      document([cpuStage('a', 1, { name: 'Cut' }), cpuStage('b', 1, { name: 'Cut' })], {
        machine: { workers: 1 },
      }),
    );
    const counters = eventsOf(trace).filter(({ ph }) => ph === 'C');
    expect(new Set(counters.map(({ name }) => name))).toEqual(
      new Set(['Queue of Cut (a)', 'Queue of Cut (b)', 'Memory in flight']),
    );
  });

  it('draws no arrow back between tasks that took no time', () => {
    const { trace } = simulateDocument(
      document([cpuStage('a', 0), cpuStage('b', 0), cpuStage('c', 0)]),
    );
    const found = eventsOf(trace);
    const at = (ph: string) =>
      new Map(
        found
          .filter((one) => one.ph === ph)
          .map(({ id, tid, ts }) => {
            const inside = spans(found).find(
              (span) => span.tid === tid && span.ts <= ts && ts < span.ts + span.dur,
            )!;
            return [id, `${inside.name} ${inside.args['item']}`];
          }),
      );
    const to = at('f');
    const arrows = [...at('s')].map(([id, from]) => `${from} → ${to.get(id)}`);
    const items = ['0', '1', '2', '3'];
    expect(arrows.sort()).toEqual(
      items.flatMap((item) => [`a ${item} → b ${item}`, `b ${item} → c ${item}`]).sort(),
    );
  });
});
