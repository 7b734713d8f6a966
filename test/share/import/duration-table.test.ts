import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { csvLine } from '../../../src/base/csv.ts';
import { scheduleCsv } from '../../../src/charts/layout/schedule-csv.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../../src/pipeline/types.ts';
import { importText } from '../../../src/share/import/import-text.ts';
import { simulateDocument } from '../../sim/run.ts';

function table(text: string): PipelineDocument {
  const result = importText('csv', text, 'Table');
  if (!result.ok) throw new Error(result.error);
  return result.value.document;
}

/** Of each stage its name (or id) and what its items take, ms. */
const workOf = ({ stages }: PipelineDocument): [string, unknown][] =>
  stages.map(({ id, name, work }) => {
    if (work.kind !== 'synthetic') throw new Error('It is not synthetic.');
    const [phase] = work.phases;
    const cpu = phase && 'cpu' in phase ? phase.cpu : null;
    return [name ?? id, typeof cpu === 'object' && cpu && 'perItem' in cpu ? cpu.perItem : cpu];
  });

describe('a table of durations', () => {
  it('with a column a stage is a chain of them, a line an item', () => {
    const document = table('parse,render\n1,10\n2,20\n3,30\n');
    expect(workOf(document)).toEqual([
      ['parse', [1, 2, 3]],
      ['render', [10, 20, 30]],
    ]);
    expect(document.stages[1]!.after).toEqual(['parse']);
    expect(document.source).toEqual({ kind: 'count', count: 3 });
    // One worker: all of it, one after another.
    const machine = { workers: 1 };
    expect(simulateDocument({ ...document, machine }, 1).trace.meta.makespan).toBe(66);
  });

  it('with a line a task has the tasks of an item at one stage together', () => {
    const lines = [
      'item,stage,duration (s)',
      'a,parse,1',
      'b,parse,2',
      'b,render,0.5',
      'a,parse,0.25',
    ];
    expect(workOf(table(lines.join('\r\n')))).toEqual([
      ['parse', [1250, 2000]],
      ['render', [0, 500]],
    ]);
    expect(workOf(table('name;ms\nparse;1,5\nparse;2\nrender;3\n'))).toEqual([
      ['parse', [1.5, 2]],
      ['render', [3, 0]],
    ]);
  });

  it.each([
    ['parse', 1],
    ['parse_ms', 1],
    ['parse (s)', 1000],
    ['parse [µs]', 0.001],
    ['parseMs', 1],
    ['parse seconds', 1000],
    ['parse min', 60_000],
  ])('%s: its figures are so many ms', (title, ms) => {
    expect(workOf(table(`${title}\n3\n`))).toEqual([['parse', 3 * ms]]);
  });
  it.each(['items read', 'forms', 'focus', 'pass'])('%s: a word is no unit', (title) => {
    expect(workOf(table(`${title}\n3\n`))).toEqual([[title, 3]]);
  });

  it('says what was missing, and leaves out what names the items', () => {
    const document = table('id\tparse\trender\nx-1\t1\t\nx-2\t2\t5\n\n');
    expect(workOf(document)).toEqual([
      ['parse', [1, 2]],
      ['render', [0, 5]],
    ]);
    expect(document.notes).toContain('One duration is not in the table');
  });
});

test.each([
  ['1,2\n3,4\n', /line 1: it has figures where the names/],
  ['parse,render\n', /no line of durations/],
  ['parse,render\n1,fast\n', /line 2: “fast” in column “render” is no duration/],
  ['parse\n-1\n', /line 2: “-1” in column “parse” is no duration/],
  ['parse,parse_ms\n1,2\n', /line 1: there are two columns “parse”/],
  ['stage,ms\n,4\n', /line 2: there is no name in column “stage”/],
  ['id\nx\n', /line 1: no column is named after a stage/],
])('%j is refused', (text, says) => {
  const result = importText('csv', text, 'Table');
  expect(result.ok ? '' : result.error).toMatch(says);
});

it('any table comes back as its durations', () => {
  const ms = fc.integer({ min: 0, max: 1e6 }).map((value) => value / 100);
  const columns = fc.array(fc.array(ms, { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(columns, (durations) => {
      const names = durations.map((_, at) => `stage ${at}`);
      const lines = [0, 1, 2].map((item) => csvLine(durations.map((list) => list[item]!)));
      const document = table(csvLine(names) + lines.join(''));
      expect(parseDocument(document).pipeline).not.toBeNull();
      const all = workOf(document).map(([, work]) =>
        typeof work === 'number' ? [work, work, work] : work,
      );
      expect(all).toEqual(durations);
    }),
  );
});

it('a schedule that was exported here comes back as what its items took at each stage', () => {
  const stage = fc.record({
    // To a ten-thousandth of a ms.
    ms: fc.array(
      fc.integer({ min: 0, max: 5e4 }).map((value) => value / 1e4),
      { minLength: 1, maxLength: 6 },
    ),
    permits: fc.constantFrom(null, 1, 2),
    name: fc.constantFrom('Cut', 'Cut', '=cut', '-1', 'a, "b"', 'to_s'),
  });
  const drawn = fc.record({
    stages: fc.array(stage, { minLength: 1, maxLength: 4 }),
    count: fc.integer({ min: 1, max: 12 }),
    workers: fc.integer({ min: 1, max: 3 }),
    order: fc.constantFrom('fifo' as const, 'lifo' as const),
  });
  fc.assert(
    fc.property(drawn, ({ stages, count, workers, order }) => {
      const { trace } = simulateDocument({
        format: 'millrace/1',
        source: { kind: 'count', count },
        stages: stages.map(({ ms, permits, name }, at) => ({
          id: `s${at}`,
          name,
          ...(at === 0 ? {} : { after: [`s${at - 1}`] }),
          work: { kind: 'synthetic', phases: [{ wait: { perItem: ms } }] },
          permits,
        })),
        machine: { workers, order },
      });
      const document = table(scheduleCsv(trace).join(''));
      expect(parseDocument(document).pipeline).not.toBeNull();
      const shared = (name: string) => stages.filter((one) => one.name === name).length > 1;
      const named = stages.map(({ name }, at) => (shared(name) ? `${name} (s${at})` : name));
      expect(workOf(document).map(([name]) => name)).toEqual(named);
      const took = workOf(document).map(([, work]) =>
        typeof work === 'number' ? new Array<number>(count).fill(work) : (work as number[]),
      );
      took.forEach((list, at) => {
        const { ms } = stages[at]!;
        expect(list).toHaveLength(count);
        list.forEach((one, item) => expect(one).toBeCloseTo(ms[item % ms.length]!, 3));
      });
    }),
  );
});

it('of a schedule that was exported here has children, batches and results with their items', () => {
  const head = 'item,stage,lane,attempt,outcome,start_ms,end_ms,left_ms,waits\n';
  const lines = [
    '1.0,cut,worker 0,1,done,0,2,2,',
    '1.1,cut,worker 1,1,done,0,3,3,',
    '0~a and 2 more,cut,worker 1,1,done,3,10,10,',
    '0,cut,worker 0,2,done,4,5,5,',
    'cut,all,worker 0,1,done,10,14,14,',
  ];
  expect(workOf(table(head + lines.join('\n')))).toEqual([
    ['cut', [8, 5]],
    ['all', [0, 4]],
  ]);
});
