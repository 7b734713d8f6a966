import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildItemSchedule } from '../../src/charts/layout/item-lanes.ts';
import { alignItems, itemOrder } from '../../src/charts/layout/item-order.ts';
import { LitSpans } from '../../src/charts/layout/lit-spans.ts';
import { buildSchedule } from '../../src/charts/layout/schedule-lanes.ts';
import { pickAt, stepPick } from '../../src/charts/layout/schedule-pick.ts';
import { layoutSchedule, type ScheduleInput } from '../../src/charts/layout/schedule.ts';
import { BoxKind } from '../../src/charts/layout/box-list.ts';
import { fullAxis } from '../../src/charts/layout/time-axis.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { StageDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { itemLabel } from '../../src/trace/item-label.ts';
import type { Trace } from '../../src/trace/types.ts';
import { drawScene } from '../fixtures/ascii-scene.ts';
import { asciiTrace } from '../fixtures/ascii-trace.ts';

const none: ReadonlySet<number> = new Set();
const load = (cpu: number, more = {}) => ({
  kind: 'synthetic' as const,
  phases: [{ cpu }],
  ...more,
});

/** Predicts a small document. */
function simulated(count: number, stages: Partial<StageDocument>[], workers = 2): Trace {
  const { pipeline, problems } = parseDocument({
    format: 'millrace/1',
    source: { kind: 'count', count },
    stages: stages.map((stage) => ({ work: load(1), ...stage })) as StageDocument[],
    machine: { workers },
  });
  if (!pipeline) throw new Error(problems[0]?.message);
  return simulate(pipeline, { cores: workers }).trace;
}

/** Each item makes two, which meet again in one result. */
const split = (count: number, workers = 2): Trace =>
  simulated(
    count,
    [
      { id: 'cut', work: load(1, { expand: 2 }) },
      { id: 'press', after: ['cut'], work: load(3), batch: { size: 2 } },
      { id: 'pack', after: ['press'], join: 'all' },
    ],
    workers,
  );

const two = asciiTrace(`
  stages  a b
  w0      aaaa aaa
  w1          bbbb bbb
`);
const predicted = asciiTrace(`
  stages  a b
  w0      aaa aa
  w1         bb bb
`);
const scene = (input: Partial<ScheduleInput> = {}) =>
  layoutSchedule({
    axis: fullAxis(20, 100, 200),
    main: buildItemSchedule(two, none),
    heightPx: 120,
    ...input,
  });

describe('lanes of items', () => {
  it('one for each, with all its tasks, and what was predicted for the same item over it', () => {
    expect(drawScene(scene(), 10)).toMatchInlineSnapshot(`
      "0 aaaabbbb
      1      aaa bbb"
    `);
    expect(drawScene(scene({ ghost: buildItemSchedule(predicted, none) }), 10))
      .toMatchInlineSnapshot(`
        "0 (p) -----
        0 aaaabbbb
        1 (p)     ----
        1      aaa bbb"
      `);
  });
  it('leaves out hidden stages', () => {
    expect(drawScene(scene({ main: buildItemSchedule(two, new Set([0])) }), 10))
      .toMatchInlineSnapshot(`
        "0     bbbb
        1          bbb"
      `);
  });
  it('children stand below their parent, a result comes last, a batch in the lanes of all in it', () => {
    const trace = split(2);
    const { items } = buildItemSchedule(trace, none);
    const labels = Array.from(items!.order, (item) => itemLabel(trace, item));
    expect(labels).toEqual(['0', '0.0', '0.1', '1', '1.0', '1.1', 'pack']);
    const stagesOf = (label: string) => {
      const item = items!.order[labels.indexOf(label)]!;
      return items!
        .group(item)
        .lanes.flatMap((lane) =>
          Array.from(lane.row, (row) => trace.meta.stages[trace.tasks.stage[row]!]!.id),
        );
    };
    expect(stagesOf('0')).toEqual(['cut']);
    expect(stagesOf('0.1')).toEqual(['press']);
    expect(stagesOf('pack')).toEqual(['pack']);
  });
  it('the same item stands in one lane, whenever either run came to it', () => {
    const [one, other] = [split(5, 1), split(5, 3)];
    const [a, b] = [buildItemSchedule(one, none).items!, buildItemSchedule(other, none).items!];
    const pairs = a.alignedWith(b);
    expect(pairs.count).toBe(5 * 3 + 1);
    for (let lane = 0; lane < pairs.count; lane++)
      expect(itemLabel(one, pairs.main[lane]!)).toBe(itemLabel(other, pairs.ghost[lane]!));
  });
  it('an item of only one of the runs has a lane of its own', () => {
    const [more, fewer] = [simulated(4, [{ id: 'a' }]), simulated(2, [{ id: 'a' }])];
    const pairs = alignItems(
      fewer.items,
      itemOrder(fewer.items),
      more.items,
      itemOrder(more.items),
    );
    expect([pairs.count, [...pairs.main], [...pairs.ghost]]).toEqual([
      4,
      [0, 1, -1, -1],
      [0, 1, 2, 3],
    ]);
  });
  it('lays out only what can be seen of thousands, and still steps through all of them', () => {
    const many = simulated(3000, [{ id: 'a' }, { id: 'b', after: ['a'] }], 8);
    const model = buildItemSchedule(many, none);
    const axis = fullAxis(many.meta.makespan, 100, 400);
    const laid = layoutSchedule({ axis, main: model, heightPx: 90, scrollPx: 9 * 1000 });
    expect(laid.groups).toHaveLength(10);
    expect(laid.groups[0]!.label).toBe('1000');
    expect(laid.contentHeightPx).toBe(3000 * 9 - 1);
    const first = stepPick(laid, null, 'next')!;
    expect(first.lane).toBe(1000);
    const above = stepPick(laid, first, 'up')!;
    expect([above.lane, many.tasks.item[above.row]]).toEqual([999, 999]);
    const lane = laid.laneAt(1003)!;
    const x = 100 + (lane.main!.from[0]! / many.meta.makespan) * 400;
    expect(pickAt(laid, x + 0.1, lane.topPx + 2)?.lane).toBe(1003);
  });
  it('every task that ran stands in the lane of each of its items, and no two overlap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        (count, size, workers) => {
          const trace = simulated(
            count,
            [
              { id: 'a', work: load(2) },
              { id: 'b', after: ['a'], work: load(3) },
              { id: 'c', after: ['a'], work: load(1), batch: { size } },
              { id: 'd', after: ['b', 'c'] },
            ],
            workers,
          );
          const { items } = buildItemSchedule(trace, none);
          let seen = 0;
          for (const item of items!.order) {
            for (const lane of items!.group(item).lanes) {
              seen += lane.count;
              for (let i = 1; i < lane.count; i++)
                expect(lane.from[i]).toBeGreaterThanOrEqual(lane.to[i - 1]!);
            }
          }
          expect(seen).toBe(4 * count);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('lit up', () => {
  const rows = (...stages: number[]) =>
    new Set([...two.tasks.stage.keys()].filter((row) => stages.includes(two.tasks.stage[row]!)));
  const kinds = (laid: ReturnType<typeof scene>) => {
    const { boxes } = laid.lit!;
    return Array.from({ length: boxes.count }, (_, box) => [
      boxes.kind[box],
      boxes.stage[box],
      boxes.row[box],
    ]);
  };

  it.each(['worker', 'stage', 'item'] as const)(
    'by %s: just those tasks, where they stand',
    (by) => {
      const main = by === 'item' ? buildItemSchedule(two, none) : buildSchedule(two, by);
      const lit = { main: new LitSpans(main, rows(1)), ghost: null, links: [] };
      const laid = scene({ main, lit });
      expect(kinds(laid).map(([kind, stage]) => [kind, stage])).toEqual([
        [BoxKind.busy, 1],
        [BoxKind.busy, 1],
      ]);
      const { boxes } = laid.lit!;
      const at = (row: number) => {
        for (let box = 0; box < laid.boxes.count; box++)
          if (laid.boxes.row[box] === row) return [laid.boxes.x[box], laid.boxes.y[box]];
        return [];
      };
      for (let box = 0; box < boxes.count; box++)
        expect([boxes.x[box], boxes.y[box]]).toEqual(at(boxes.row[box]!));
    },
  );
  it('a line leads from the end of one task to the start of the next', () => {
    const main = buildSchedule(two, 'worker');
    const [from, to] = [two.tasks.start.indexOf(0), two.tasks.start.indexOf(4)];
    const lit = { main: new LitSpans(main, new Set([from, to])), ghost: null, links: [from, to] };
    const laid = scene({ main, lit });
    const middles = laid.lanes.map(({ topPx, heightPx }) => topPx + heightPx / 2);
    expect(laid.lit!.links).toEqual([140, middles[0], 140, middles[1]]);
  });
});
