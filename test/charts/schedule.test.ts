import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { BoxKind } from '../../src/charts/layout/box-list.ts';
import { packLanes } from '../../src/charts/layout/pack-lanes.ts';
import { buildSchedule } from '../../src/charts/layout/schedule-lanes.ts';
import { pickAt, stepPick } from '../../src/charts/layout/schedule-pick.ts';
import { layoutSchedule, type ScheduleInput } from '../../src/charts/layout/schedule.ts';
import { SpanLane } from '../../src/charts/layout/span-lane.ts';
import { fullAxis, showWindow } from '../../src/charts/layout/time-axis.ts';
import { asciiTrace, drawnTrace, type DrawnTask } from '../fixtures/ascii-trace.ts';
import { drawScene } from '../fixtures/ascii-scene.ts';

const twoWorkers = asciiTrace(`
  stages  a b
  w0      aaaaAAaa~~~bbbb
  w1        aaaa!  bbb
  hit          b
  drop           b
`);
const scene = (input: Partial<ScheduleInput> = {}, by: 'worker' | 'stage' = 'worker') =>
  layoutSchedule({
    axis: fullAxis(20, 100, 200),
    main: buildSchedule(twoWorkers, by),
    heightPx: 120,
    ...input,
  });

describe('a schedule laid out', () => {
  it('by worker: set-up, blocked strips, failures and hits', () => {
    expect(drawScene(scene(), 10)).toMatchInlineSnapshot(`
      "worker 0 aaaaSSaa   bbbb
      worker 0 *         ~~~
      worker 1   aaaa   bbb
      worker 1 *       x
      cache hits 
      cache hits *      |"
    `);
  });
  it('by stage: overlapping tasks get sub-lanes, blocked tails belong to them', () => {
    expect(drawScene(scene({}, 'stage'), 10)).toMatchInlineSnapshot(`
      "a aaaaSSaa~~~
      a   aaaa
      a *       x
      b          bbb
      b            bbbb
      b *      | v"
    `);
  });
  it('keeps a predicted row over each measured one', () => {
    const ghost = buildSchedule(
      asciiTrace(`
        stages  a b
        w0      aaaaaa bbb
        w1       aaa   bb
      `),
      'worker',
    );
    expect(drawScene(scene({ ghost }), 10)).toMatchInlineSnapshot(`
      "worker 0 (p) ------ ---
      worker 0 aaaaSSaa   bbbb
      worker 0 *         ~~~
      worker 1 (p)  ---   --
      worker 1   aaaa   bbb
      worker 1 *       x
      cache hits (p) 
      cache hits 
      cache hits *      |"
    `);
  });
  it('merges what is below a pixel and takes the colour of the longest', () => {
    const tasks: DrawnTask[] = [];
    for (let i = 0; i < 1000; i++) {
      const long = i % 3 === 0;
      const start = 0.001 + i * 0.02;
      tasks.push({
        stage: long ? 1 : 0,
        worker: 0,
        start,
        end: start + (long ? 0.015 : 0.005),
        leave: start + (long ? 0.015 : 0.005),
      });
    }
    const model = buildSchedule(drawnTrace(['a', 'b'], tasks), 'worker');
    const laid = layoutSchedule({ axis: fullAxis(20, 0, 200), main: model, heightPx: 40 });
    expect(laid.boxes.count).toBeLessThanOrEqual(200);
    const spans = laid.boxes.spans.subarray(0, laid.boxes.count).reduce((a, b) => a + b, 0);
    expect(spans).toBe(1000);
    expect([...laid.boxes.stage.subarray(0, laid.boxes.count)].every((stage) => stage === 1)).toBe(
      true,
    );
  });
});

describe('laws of the layout', () => {
  const randomTask = fc.record({
    stage: fc.integer({ min: 0, max: 2 }),
    worker: fc.integer({ min: 0, max: 2 }),
    start: fc.double({ min: 0, max: 100, noNaN: true }),
    busy: fc.oneof(
      fc.constant(0),
      fc.double({ min: 0, max: 20, noNaN: true }),
      fc.double({ min: 0, max: 0.01, noNaN: true }),
    ),
    blocked: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 10, noNaN: true })),
  });
  const randomTrace = fc.array(randomTask, { minLength: 1, maxLength: 80 }).map((tasks) =>
    drawnTrace(
      ['a', 'b', 'c'],
      tasks.map(({ stage, worker, start, busy, blocked }) => ({
        stage,
        worker,
        start,
        end: start + busy,
        leave: start + busy + blocked,
      })),
    ),
  );

  it('no two spans of a lane overlap, and each task is in exactly one lane', () => {
    fc.assert(
      fc.property(randomTrace, fc.constantFrom('worker', 'stage'), (trace, by) => {
        const seen: number[] = [];
        for (const group of buildSchedule(trace, by).groups) {
          for (const lane of group.lanes) {
            for (let i = 0; i < lane.count; i++) {
              seen.push(lane.row[i]!);
              if (i > 0) expect(lane.from[i]).toBeGreaterThanOrEqual(lane.to[i - 1]!);
            }
          }
        }
        expect(seen.sort((a, b) => a - b)).toEqual([...Array(trace.tasks.count).keys()]);
      }),
    );
  });

  it('every visible span is drawn or merged, whatever the window', () => {
    fc.assert(
      fc.property(
        randomTrace,
        fc.constantFrom('worker', 'stage'),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0.001, max: 130, noNaN: true }),
        (trace, by, from, length) => {
          const axis = showWindow(fullAxis(trace.meta.makespan, 0, 300), from, from + length);
          const model = buildSchedule(trace, by);
          const { boxes } = layoutSchedule({ axis, main: model, heightPx: 5000 });
          let visible = 0;
          for (const group of model.groups) {
            for (const lane of group.lanes) {
              for (let i = 0; i < lane.count; i++) {
                const [start, end] = [lane.from[i]!, lane.to[i]!];
                const inside =
                  start <= axis.endMs &&
                  (end > axis.startMs || (start === end && end === axis.startMs));
                if (inside) visible++;
              }
            }
          }
          let drawn = 0;
          for (let box = 0; box < boxes.count; box++) {
            const kind = boxes.kind[box]!;
            if (kind <= BoxKind.merged) drawn += boxes.spans[box]!;
          }
          // Merging takes a pixel's spans whole: one beyond the right edge may come along.
          expect(drawn).toBeGreaterThanOrEqual(visible);
          const strips = boxes.kind
            .subarray(0, boxes.count)
            .filter((kind) => kind <= BoxKind.merged);
          expect(strips.length).toBeLessThanOrEqual(boxes.count);
        },
      ),
    );
  });

  it('packs into no more lanes than tasks were open at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 10 })), { maxLength: 100 }),
        (raw) => {
          const spans = raw.sort((a, b) => a[0] - b[0]);
          const from = spans.map(([start]) => start);
          const to = spans.map(([start, length]) => start + length);
          const open = from.map(
            (at) => from.filter((start, i) => start <= at && to[i]! > at).length,
          );
          expect(packLanes(from, to).lanes).toBe(Math.max(0, ...open));
        },
      ),
    );
  });

  it('finds the longest span of any stretch', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 700 }),
        fc.nat(),
        fc.nat(),
        (lengths, a, b) => {
          const from = new Float64Array(lengths.length);
          for (let i = 1; i < from.length; i++) from[i] = from[i - 1]! + lengths[i - 1]!;
          const lane = new SpanLane(
            Int32Array.from(lengths.keys()),
            from,
            from.map((at, i) => at + lengths[i]!),
          );
          const [low, high] = [a % lengths.length, b % lengths.length].sort((x, y) => x - y) as [
            number,
            number,
          ];
          const best = lane.longest(low, high + 1);
          expect(lengths[best]).toBe(Math.max(...lengths.slice(low, high + 1)));
        },
      ),
    );
  });
});

describe('pointing at a schedule', () => {
  it('finds the task under a point, and one just missed', () => {
    const laid = scene();
    const y = laid.lanes[0]!.topPx + 5;
    expect(pickAt(laid, 100 + 25, y)?.row).toBe(rowStarting(0));
    expect(pickAt(laid, 100 + 55, y)?.row).toBe(rowStarting(4));
    expect(pickAt(laid, 100 + 95, y)).toBeNull();
    expect(pickAt(laid, 100 + 82, y)?.row).toBe(rowStarting(4));
  });
  it('steps through a lane and over to the neighbour', () => {
    const laid = scene();
    const first = stepPick(laid, null, 'next')!;
    expect(first.row).toBe(rowStarting(0));
    const second = stepPick(laid, first, 'next')!;
    expect(second.row).toBe(rowStarting(4));
    expect(stepPick(laid, second, 'down')?.row).toBe(rowStarting(2));
    expect(stepPick(laid, first, 'previous')?.row).toBe(first.row);
    expect(stepPick(laid, first, 'last')?.row).toBe(rowStarting(11));
  });
  const rowStarting = (ms: number) => twoWorkers.tasks.start.indexOf(ms);
});
