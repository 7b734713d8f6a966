import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { withDefaults } from '../../../src/pipeline/defaults.ts';
import type { Phase, PipelineDocument } from '../../../src/pipeline/types.ts';
import { chromeTrace } from '../../../src/share/export/chrome-trace.ts';
import { importText } from '../../../src/share/import/import-text.ts';
import type { Chosen, Imported } from '../../../src/share/import/imported.ts';
import { simulateDocument } from '../../sim/run.ts';
import * as cases from './small-cases.ts';

function trace(value: unknown, chosen: Chosen = {}): Imported {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const result = importText('chrome-trace', text, 'trace', chosen);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}
function refusal(text: string): string {
  const result = importText('chrome-trace', text, 'trace');
  return result.ok ? 'accepted' : result.error;
}
const phasesOf = ({ stages }: PipelineDocument): Record<string, Phase[]> =>
  Object.fromEntries(
    stages.map(({ id, work }) => [id, work.kind === 'synthetic' ? work.phases : []]),
  );
const parents = ({ stages }: PipelineDocument): [string, string[]][] =>
  stages.map(({ id, after = [] }) => [id, after]);
const span = (name: string, tid: number, ts: number, dur: number) => ({
  ...{ ph: 'X', pid: 1, name, tid, ts, dur },
});

describe('a Chrome trace', () => {
  const { document, remarks, choices } = trace(cases.chromeTrace);

  it('has a stage a name, which takes its own time: on a core what was CPU time, else waiting', () => {
    expect(document.source).toEqual({ kind: 'count', count: 2 });
    expect(phasesOf(document)).toEqual({
      parse: [{ wait: { perItem: [0.5, 0] } }, { cpu: { perItem: [2.5, 2] } }],
      read: [{ wait: { perItem: [0.5, 0] } }, { cpu: { perItem: [0.5, 0] } }],
      draw: [{ cpu: { perItem: [6, 0] } }],
    });
  });
  it('takes arrows for what follows what, and threads for what may run at once', () => {
    expect(parents(document)).toEqual([
      ['parse', []],
      ['read', []],
      ['draw', ['parse']],
    ]);
    expect(document.stages.map(({ permits }) => permits)).toEqual([1, 1, 1]);
    expect(document.machine).toEqual({ cores: 2, workers: 'cores' });
    expect(choices).toEqual([]);
    expect(remarks.join(' ')).toMatch(/own time on 2 threads.*arrows/);
    expect(document.notes).toContain('“main” and “thread 1/2”');
  });

  it('takes events that name no process for a process of their own', () => {
    const { pid: _, ...own } = span('own', 1, 20, 10);
    const events = [span('a', 1, 0, 10), own];
    const [choice] = trace(events).choices;
    if (choice?.kind !== 'one-of') throw new Error('there is no choice of processes');
    const values = choice.options.map(({ value }) => value);
    expect(new Set(values).size).toBe(3);
    const stages = values.map((process) => trace(events, { process }).document.stages);
    expect(stages.map((list) => list.map(({ id }) => id))).toEqual([['a', 'own'], ['a'], ['own']]);
  });

  it('without arrows is a row of stages, or they stand side by side', () => {
    const events = [span('b', 1, 50, 10), span('a', 1, 0, 10), span('c', 2, 70, 10)];
    expect(parents(trace(events).document)).toEqual([
      ['a', []],
      ['b', ['a']],
      ['c', ['b']],
    ]);
    const apart = trace(events, { order: 'apart' });
    expect(apart.document.stages.flatMap(({ after = [] }) => after)).toEqual([]);
  });

  it('spreads what happened less often over all items, and loses nothing of it', () => {
    const events = [
      ...[0, 1, 2, 3].map((at) => span('often', 1, at * 100, 10_000 * (at + 1))),
      ...[0, 1].map((at) => span('seldom', 2, at * 100_000, 5000)),
    ];
    events.forEach((event, at) => (event.ts += at * 1e6));
    expect(phasesOf(trace(events).document)).toEqual({
      often: [{ cpu: { perItem: [10, 20, 30, 40] } }],
      seldom: [{ cpu: { perItem: [5, 0, 5, 0] } }],
    });
  });

  it('of any spans, all stages together work as long as the threads were busy', () => {
    const event = fc.record({
      tid: fc.integer({ min: 1, max: 3 }),
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      ts: fc.integer({ min: 0, max: 500 }),
      dur: fc.integer({ min: 0, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 40 }), (events) => {
        // Calls inside calls: what would end outside of the one it began in ends with it.
        const nested: typeof events = [];
        for (const one of events.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur)) {
          const ends = nested
            .filter(({ tid, ts, dur }) => tid === one.tid && ts + dur > one.ts)
            .map(({ ts, dur }) => ts + dur);
          nested.push({ ...one, dur: Math.min(one.dur, ...ends.map((end) => end - one.ts)) });
        }
        const busy = new Set(
          nested.flatMap(({ tid, ts, dur }) =>
            Array.from({ length: dur }, (_, us) => `${tid} ${ts + us}`),
          ),
        );
        const { document: made } = trace(nested.map((one) => ({ ph: 'X', pid: 1, ...one })));
        const { count } = made.source as { count: number };
        const ms = Object.values(phasesOf(made))
          .flat()
          .map((phase) => ('cpu' in phase ? phase.cpu : phase.wait))
          .map((draw) =>
            typeof draw === 'number'
              ? draw * count
              : (draw as { perItem: number[] }).perItem.reduce((sum, one) => sum + one, 0),
          );
        expect(ms.reduce((sum, one) => sum + one, 0) * 1000).toBeCloseTo(busy.size, 3);
      }),
      { numRuns: 200 },
    );
  });

  it('with more names than a picture has room for keeps the longest, and the time of the others', () => {
    const events = Array.from({ length: 100 }, (_, at) => span(`n${at}`, 1, at * 1000, 100 + at));
    const { document: made, remarks: said } = trace(events);
    expect(made.stages).toHaveLength(60);
    expect(made.stages.at(-1)).toMatchObject({ name: 'everything else' });
    expect(said.join(' ')).toContain('59 names are stages');
  });

  it('with more events than fit takes several for one item', () => {
    const events = Array.from({ length: 200_000 }, (_, at) => span('tick', 1, at * 10, 5));
    const { document: made, remarks: said } = trace(events);
    expect(made.source).toEqual({ kind: 'count', count: 150_000 });
    expect(said.join(' ')).toContain('several in a row are one item');
  });

  it('of several processes is read as a whole, or one of them', () => {
    const events = [
      { ph: 'M', pid: 2, name: 'process_name', args: { name: 'Renderer' } },
      span('a', 1, 0, 1000),
      { ...span('b', 1, 0, 2000), pid: 2 },
    ];
    expect(trace(events).document.stages).toHaveLength(2);
    expect(trace(events).choices[0]).toMatchObject({
      options: [
        { label: 'all of them' },
        { label: 'Process 1' },
        { value: '2', label: 'Renderer' },
      ],
    });
    expect(phasesOf(trace(events, { process: '2' }).document)).toEqual({ b: [{ cpu: 2 }] });
  });

  it('with nothing but asynchronous events is made of waits', () => {
    const events = [
      { ph: 'b', cat: 'net', id: 1, name: 'get', pid: 1, tid: 1, ts: 0 },
      { ph: 'b', cat: 'net', id: 2, name: 'get', pid: 1, tid: 1, ts: 500 },
      { ph: 'e', cat: 'net', id: 1, name: 'get', pid: 1, tid: 1, ts: 1000 },
      { ph: 'e', cat: 'net', id: 2, name: 'get', pid: 1, tid: 1, ts: 2500 },
    ];
    const { document: made, remarks: said } = trace(events);
    expect(phasesOf(made)).toEqual({ get: [{ wait: { perItem: [1, 2] } }] });
    expect(said.join(' ')).toContain('asynchronous: they are waits');
  });

  it('that breaks off is read up to there; what never ended is said', () => {
    const text = `[${JSON.stringify(span('a', 1, 0, 1000))},\n${JSON.stringify({ ph: 'B', name: 'b', pid: 1, tid: 1, ts: 2000, args: {} })},\n{"ph":"X","na`;
    const { document: made, remarks: said } = trace(text);
    expect(phasesOf(made)).toEqual({ a: [{ cpu: 1 }] });
    expect(said).toContain('1 event is left out: never ended.');
    expect(said).toContain('The file breaks off: what was written until then is read.');
    // The closing bracket alone may be missing: that is allowed, but cannot be told from the other.
    expect(phasesOf(trace(`[${JSON.stringify(span('a', 1, 0, 1000))},\n`).document)).toEqual({
      a: [{ cpu: 1 }],
    });
  });

  it('of speedscope is read in both of its forms', () => {
    const shared = { frames: [{ name: 'main' }, { name: 'draw' }] };
    const evented = {
      ...{ type: 'evented', name: 'one', unit: 'milliseconds', startValue: 0, endValue: 10 },
      events: [
        { type: 'O', frame: 0, at: 0 },
        { type: 'O', frame: 1, at: 2 },
        { type: 'C', frame: 1, at: 5 },
        { type: 'C', frame: 0, at: 10 },
      ],
    };
    const sampled = {
      ...{ type: 'sampled', name: 'one', unit: 'microseconds', startValue: 0, endValue: 10 },
      samples: [[0], [0, 1], [0]],
      weights: [2000, 3000, 5000],
    };
    for (const profile of [evented, sampled]) {
      expect(phasesOf(trace({ shared, profiles: [profile] }).document)).toEqual({
        main: [{ cpu: 7 }],
        draw: [{ cpu: 3 }],
      });
    }
  });
});

describe('what is no trace is refused in a sentence', () => {
  test.each([
    ['{"a": 1}', /there is no "traceEvents" in it/],
    ['{"traceEvents": 5}', /traceEvents takes a list/],
    ['{"traceEvents": []}', /no event with a duration/],
    ['{"traceEvents": [{"ph": "X", ]}', /no JSON, line 1, column 30/],
    [JSON.stringify([span('a', 1, 0, -1)]), /traceEvents\[0\]\.dur is -1; it takes µs, 0 or more/],
    [`[${'['.repeat(300)}`, /nested 301 deep: the ceiling is 200/],
    [
      '{"shared": {"frames": []}, "profiles": [{"unit": "bytes"}]}',
      /profiles\[0\]\.unit is "bytes"/,
    ],
  ])('%s', (text, says) => {
    expect(refusal(text)).toMatch(says);
  });
});

it('an export of a run here is the same again after it was imported, run and exported', () => {
  // A trace has no settings, only what happened: of a row of stages that can be brought back the stages, their order, and
  // what each item took at each of them. When things started depends on settings a trace does not have.
  const stage = fc.record({
    ms: fc.array(
      fc.integer({ min: 0, max: 5000 }).map((us) => us / 1000),
      { minLength: 1, maxLength: 6 },
    ),
    permits: fc.constantFrom(null, 1, 2),
  });
  const drawn = fc.record({
    stages: fc.array(stage, { minLength: 1, maxLength: 4 }),
    count: fc.integer({ min: 1, max: 8 }),
    workers: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(drawn, ({ stages, count, workers }) => {
      const original: PipelineDocument = {
        format: 'millrace/1',
        source: { kind: 'count', count },
        stages: stages.map(({ ms, permits }, at) => ({
          id: `s${at}`,
          // Two may have one name.
          name: `Stage ${at % 3}`,
          ...(at === 0 ? {} : { after: [`s${at - 1}`] }),
          work: { kind: 'synthetic', phases: [{ wait: { perItem: ms } }] },
          permits,
        })),
        machine: { workers },
      };
      const exported = (document: PipelineDocument): string => {
        const { trace } = simulateDocument(document, 4);
        const { stages } = withDefaults(document);
        return [...chromeTrace([{ name: 'Predicted', trace, stages }])].join('');
      };
      const meaning = ({ stages: all, source }: PipelineDocument) =>
        all.map(({ id, name, after, work }) => ({ id, name, after, work, source }));
      const first = trace(exported(original)).document;
      const second = trace(exported(first)).document;
      expect(meaning(second)).toEqual(meaning(first));
      expect(first.stages.map(({ name }) => name)).toEqual(original.stages.map(({ name }) => name));
      const took = stages.map(({ ms }) =>
        Array.from({ length: count }, (_, i) => ms[i % ms.length]!),
      );
      first.stages.forEach(({ work }, at) => {
        const cpu =
          work.kind === 'synthetic' && 'cpu' in work.phases[0]! ? work.phases[0].cpu : null;
        const list =
          typeof cpu === 'number'
            ? took[at]!.map(() => cpu)
            : (cpu as { perItem: number[] }).perItem;
        // To an eighth of a µs, which is the least that an exported task takes.
        list.forEach((ms, item) => expect(ms).toBeCloseTo(took[at]![item]!, 3));
      });
    }),
    { numRuns: 100 },
  );
});
