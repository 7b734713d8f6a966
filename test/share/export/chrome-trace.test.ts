import { describe, expect, it } from 'vitest';
import { chromeTrace } from '../../../src/share/export/chrome-trace.ts';
import { withDefaults } from '../../../src/pipeline/defaults.ts';
import type { StageOrder } from '../../../src/share/export/taken-from.ts';
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

/** Runs of stages in a row, or of those that are given. */
function eventsOf(traces: Trace[], given?: StageOrder): Event[] {
  const runs = traces.map((trace, at) => {
    const ids = trace.meta.stages.map(({ id }) => id);
    const row = ids.map((id, place) => ({ id, after: ids.slice(Math.max(0, place - 1), place) }));
    return { name: `run ${at}`, trace, stages: given ?? row };
  });
  const { traceEvents } = JSON.parse([...chromeTrace(runs)].join('')) as { traceEvents: Event[] };
  return traceEvents;
}
/** "a 0 → b 0": where each arrow starts and ends, sorted. */
function arrowsIn(events: Event[]): string[] {
  const at = (ph: string): Map<string, string> =>
    new Map(
      events
        .filter((one) => one.ph === ph)
        .map(({ id, tid, ts }) => {
          const inside = spans(events).find(
            (span) => span.tid === tid && span.ts <= ts && ts < span.ts + span.dur,
          )!;
          return [id, `${inside.name} ${inside.args['item']}`];
        }),
    );
  const to = at('f');
  return [...at('s')].map(([id, from]) => `${from} → ${to.get(id)}`).sort();
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
  const events = eventsOf([drawn]);

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
    expect(new Set(eventsOf([drawn, drawn]).map(({ pid }) => pid)).size).toBe(2);
    expect(eventsOf([])).toEqual([]);
  });

  it('keeps the queues of stages of one name apart', () => {
    const { trace } = simulateDocument(
      document([cpuStage('a', 1, { name: 'Cut' }), cpuStage('b', 1, { name: 'Cut' })], {
        machine: { workers: 1 },
      }),
    );
    const counters = eventsOf([trace]).filter(({ ph }) => ph === 'C');
    expect(new Set(counters.map(({ name }) => name))).toEqual(
      new Set(['Queue of Cut (a)', 'Queue of Cut (b)', 'Memory in flight']),
    );
  });

  it('draws no arrow back between tasks that took no time', () => {
    const { trace } = simulateDocument(
      document([cpuStage('a', 0), cpuStage('b', 0), cpuStage('c', 0)]),
    );
    const items = ['0', '1', '2', '3'];
    expect(arrowsIn(eventsOf([trace]))).toEqual(
      items.flatMap((item) => [`a ${item} → b ${item}`, `b ${item} → c ${item}`]).sort(),
    );
  });

  it.each([
    ['zip', ['b 0 → d 0', 'b 1 → d 1', 'c 0 → d 0', 'c 1 → d 1']],
    ['each', ['b 0 → d 0~b', 'b 1 → d 1~b', 'c 0 → d 0~c', 'c 1 → d 1~c']],
    ['all', ['b 0 → d 0~b', 'b 1 → d 0~b', 'c 0 → d 0~b', 'c 1 → d 0~b']],
  ] as const)(
    'of a fork leads from no sibling, into a join (%s) from all its parents',
    (join, into) => {
      // The second branch begins an item long after the first is done with it.
      const stages = [
        cpuStage('a', 1),
        cpuStage('b', 1, { after: ['a'] }),
        cpuStage('c', 20, { after: ['a'], permits: 1 }),
        cpuStage('d', 1, { after: ['b', 'c'], join }),
        cpuStage('e', 1, { after: ['d'] }),
      ];
      const source = { kind: 'count' as const, count: 2 };
      const drawn = document(stages, { source, machine: { workers: 4 } });
      const found = arrowsIn(eventsOf([simulateDocument(drawn).trace], withDefaults(drawn).stages));
      expect(found.filter((arrow) => / [bc] \d$/.test(arrow))).toEqual([
        ...['a 0 → b 0', 'a 0 → c 0', 'a 1 → b 1', 'a 1 → c 1'],
      ]);
      expect(found.filter((arrow) => arrow.includes('→ d'))).toEqual(into);
      const [results, ends] = join === 'all' ? [['d'], 1] : [null, join === 'zip' ? 2 : 4];
      const after = found.filter((arrow) => arrow.includes('→ e'));
      expect(after).toHaveLength(ends);
      for (const arrow of after) {
        const [from, to] = arrow.split(' → ');
        expect(from!.startsWith('d')).toBe(true);
        expect(to!.slice(2)).toBe(results?.[0] ?? from!.slice(2));
      }
    },
  );
});
