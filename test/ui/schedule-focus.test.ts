import { describe, expect, it } from 'vitest';
import { scheduleCsv } from '../../src/charts/layout/schedule-csv.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { StageDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { PacedModel } from '../../src/ui/state/paced-model.ts';
import { findItems, rowOfLabel, sameItem } from '../../src/ui/timeline/find-items.ts';
import { itemFocus, pathFocus } from '../../src/ui/timeline/schedule-focus.ts';
import { sortTasks } from '../../src/ui/timeline/sort-tasks.ts';

const load = (cpu: number, more = {}) => ({
  kind: 'synthetic' as const,
  phases: [{ cpu }],
  ...more,
});
function predicted(values: unknown[], stages: Partial<StageDocument>[], workers = 2) {
  const { pipeline, problems } = parseDocument({
    format: 'millrace/1',
    source: { kind: 'values', values },
    stages: stages as StageDocument[],
    machine: { workers },
  });
  if (!pipeline) throw new Error(problems[0]?.message);
  const { trace } = simulate(pipeline, { cores: workers });
  return { trace, raw: trace, pipeline };
}
const stages = [
  { id: 'cut', name: 'Cut', work: load(1, { expand: 2 }) },
  { id: 'pack', name: 'Pack it all', after: ['cut'], join: 'all' as const, work: load(5) },
];
const paths = Array.from({ length: 30 }, (_, at) => ({ path: `lib/file-${at}.ts` }));
const run = predicted(paths, stages);
const texts = { pipeline: run.pipeline, report: null, files: [] };
const found = (words: string, more: Partial<Parameters<typeof findItems>[2]> = {}) =>
  findItems(run.trace, words, { ...texts, ...more }, 12);

describe('finding an item', () => {
  it('by its number first, then those that begin so', () => {
    expect(found('2').map(({ label }) => label)).toEqual([
      '2',
      ...Array.from({ length: 10 }, (_, at) => String(20 + at)),
      '2.0',
    ]);
    expect(found('30')).toEqual([]);
  });
  it('by its place below another, and a result by the name of its stage', () => {
    expect(found('7.1')).toEqual([{ label: '7.1', because: '' }]);
    expect(found('pack')).toEqual([{ label: 'pack', because: '' }]);
    expect(found('it all')).toEqual([{ label: 'pack', because: '' }]);
  });
  it('by part of its value, its output or its error, and says by which', () => {
    expect(found('FILE-17')).toEqual([{ label: '17', because: '{"path":"lib/file-17.ts"}' }]);
    const report = {
      results: [{ item: '3.0', stage: 'cut', value: 'a needle in it' }],
      failures: [{ item: '4', stage: 'cut', attempt: 1, message: 'needless to say' }],
    };
    expect(found('needle', { report }).map(({ label }) => label)).toEqual(['4', '3.0']);
  });
  it('finds the same item in another run', () => {
    const other = predicted(paths, stages, 7).trace;
    const child = rowOfLabel(run.trace, '21.1');
    expect(sameItem(run.trace, child, other)).toBe(rowOfLabel(other, '21.1'));
    expect(sameItem(run.trace, rowOfLabel(run.trace, '9'), predicted([1], stages).trace)).toBe(-1);
  });
});

describe('what is lit up', () => {
  it('of an item: its tasks with waits and what they fed, and those predicted for it', () => {
    const ghost = predicted(paths, stages, 7).trace;
    const focus = itemFocus(run, ghost, '4.1')!;
    expect(focus.title).toBe('Item 4.1');
    expect(focus.steps.map(({ feeds }) => feeds)).toEqual([['Pack it all'], []]);
    expect(focus.litGhost.size).toBe(2);
    for (const row of focus.litGhost) expect(row).toBeLessThan(ghost.tasks.count);
    const [cut, pack] = focus.steps;
    expect(focus.links).toEqual([cut!.row, pack!.row]);
    // Four are cut by then, two at a time.
    expect(cut!.waits).toEqual([{ ms: 2, for: 'for a worker' }]);
    expect(itemFocus(run, null, 'nobody')).toBeNull();
  });
  it('of the critical path: a chain to the end of the run, and its share of the makespan', () => {
    const focus = pathFocus(run);
    const { tasks, meta } = run.trace;
    const last = focus.steps.at(-1)!;
    expect(last.endMs).toBe(meta.makespan);
    for (let at = 1; at < focus.steps.length; at++)
      expect(focus.steps[at]!.startMs).toBeGreaterThanOrEqual(focus.steps[at - 1]!.endMs);
    expect(focus.lit).toEqual(new Set(focus.steps.map(({ row }) => row)));
    // 30 cuts of 1 ms on two workers, then 5 ms.
    expect(focus.summary).toMatch(/^16 tasks in a row, 20 ms of service: 100 % of the makespan/);
    expect(tasks.count).toBe(31);
  });
});

describe('the table of tasks', () => {
  const none: ReadonlySet<number> = new Set();
  const { trace } = run;
  it('sorts both ways, and lists only what is lit up and not hidden', () => {
    const starts = Array.from(
      sortTasks(trace, { by: 'start', isDown: true }, null, none),
      (row) => trace.tasks.start[row]!,
    );
    expect(starts).toEqual([...starts].sort((a, b) => b - a));
    expect(starts).toHaveLength(31);
    const items = sortTasks(trace, { by: 'item', isDown: false }, null, none);
    expect([...items].slice(0, 3).map((row) => trace.tasks.item[row])).toEqual([0, 1, 2]);
    const { lit } = itemFocus(run, null, '4')!;
    const byStart = { by: 'start', isDown: false } as const;
    expect([...sortTasks(trace, byStart, lit, none)].toSorted()).toEqual([...lit].toSorted());
    expect(sortTasks(trace, byStart, null, new Set([0]))).toHaveLength(1);
  });
  it('as CSV: a line for each, quoted where needed, nothing a spreadsheet would compute', () => {
    const named = predicted([1, 2], [{ id: 'a', name: '=cmd|"x", y', work: load(1.25) }]).trace;
    const lines = scheduleCsv(named).join('').split('\r\n');
    expect(lines[0]).toBe('item,stage,lane,attempt,outcome,start_ms,end_ms,left_ms,waits');
    expect(lines[1]).toBe(`0,"'=cmd|""x"", y",worker 0,1,done,0,1.25,1.25,`);
    expect(lines).toHaveLength(4);
  });
});

describe('the model of a run that goes on', () => {
  it('is built anew for no more than a tenth of the time, at its end, and for anything else at once', () => {
    let [nowMs, built] = [0, 0];
    const paced = new PacedModel<number>();
    const get = (of: string, isGrowing: boolean) =>
      paced.get(
        () => {
          nowMs += 30;
          return ++built;
        },
        [of],
        isGrowing,
        () => nowMs,
      );
    expect(get('a', true)).toBe(1);
    nowMs += 299;
    expect(get('a', true)).toBe(1);
    nowMs += 1;
    expect(get('a', true)).toBe(2);
    expect(get('b', true)).toBe(3);
    expect(get('b', false)).toBe(4);
  });
});
