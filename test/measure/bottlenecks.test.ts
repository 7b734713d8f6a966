import { idealOverheads, type Overheads } from '../../src/engine/runner.ts';
import { describe, expect, it } from 'vitest';
import { bottlenecks, patternParts } from '../../src/measure/bottlenecks.ts';
import { lowerBound } from '../../src/measure/bound.ts';
import { holdingsOf } from '../../src/measure/holdings.ts';
import { slopeOver } from '../../src/measure/queue-trend.ts';
import { RunLevels } from '../../src/measure/run-levels.ts';
import { taskTimes } from '../../src/measure/states.ts';
import { lengthMs } from '../../src/measure/throttling.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';

const cpu = (ms: number) => ({ kind: 'synthetic' as const, phases: [{ cpu: ms }] });
const wait = (ms: number) => ({ kind: 'synthetic' as const, phases: [{ wait: ms }] });
const items = (count: number) => ({ source: { kind: 'count' as const, count } });

function look(
  document: Omit<PipelineDocument, 'format'>,
  cores = 4,
  overheads: Overheads = idealOverheads,
) {
  const pipeline = withDefaults({ format: 'millrace/1', ...document });
  const { trace, error } = simulate(pipeline, { cores, overheads });
  expect(error).toBeNull();
  const levels = new RunLevels(trace, pipeline);
  const holdings = holdingsOf(levels, lowerBound(trace, pipeline).terms);
  const found = bottlenecks(levels, holdings);
  const byKey = (key: string) => found.find((one) => one.key === key)!;
  const holding = (key: string) => holdings.find((one) => one.key === key)!;
  return { trace, pipeline, holdings, found, byKey, holding };
}

/** 2 ms and one at a time, a buffer for four, then 10 ms and one at a time. */
const pressed: StageDocument[] = [
  { id: 'fast', permits: 1, buffer: { capacity: 1 }, work: cpu(2) },
  { id: 'slow', after: ['fast'], permits: 1, buffer: { capacity: 4 }, work: cpu(10) },
];

describe('bottlenecks', () => {
  it('follows back pressure to the stage that causes it', () => {
    const { found, byKey, holding, trace } = look({
      ...{ ...items(60), stages: pressed, machine: { workers: 2 } },
    });
    expect(trace.meta.makespan).toBe(602);
    expect(found.map(({ key }) => key)).toEqual(['permits:slow']);
    const slow = byKey('permits:slow');
    // From the second output of fast, at 4 ms, until the last of slow begins, at 592 ms.
    expect(lengthMs(slow.spans)).toBeCloseTo(588);
    expect(slow).toMatchObject({ isChronic: true, stage: 1, kind: 'permits' });
    expect(slow.when.fromMs).toBeCloseTo(4 + 588 / 20);
    expect(slow.when.toMs).toBeCloseTo(592 - 588 / 20);
    expect(slow.share).toBeCloseTo(588 / 602);
    expect(slow.pattern).toHaveLength(patternParts);
    expect(slow.busyShare).toBeCloseTo(600 / 602);
    // Item 6 is done at 14 ms and enters at 22, item 7 from 24 to 32 … item 59 from 544 to 552.
    expect(slow.heldUp).toEqual([{ stage: 0, share: (54 * 8) / 602 }]);
    expect(slow.starved).toEqual([]);
    expect(slow.trend).toMatchObject({ kind: 'full', most: 4 });
    // What fast waited for its permit after its first tasks is what slow did to it.
    expect(lengthMs(holding('permits:fast').nested)).toBeCloseTo(53 * 8);
    // Before slow has a queue, from 0 to 2 ms; then until 4 ms both workers are taken as well.
    expect(lengthMs(holding('permits:fast').root)).toBeCloseTo(2);
    expect(holding('buffer:slow').waitMs).toBeCloseTo(54 * 8);
    expect(holding('buffer:slow').nestedMs).toBeCloseTo(54 * 8);
  });

  it('names the cores where another permit would find none free', () => {
    const [first, slow] = pressed;
    const { found, byKey } = look(
      { ...items(60), stages: [first!, { ...slow!, permits: 2 }], machine: { workers: 2 } },
      2,
    );
    // 720 ms of CPU time on two cores: both are taken but for the start and the end.
    expect(found[0]).toMatchObject({ key: 'workers', onCores: true, isChronic: true });
    expect(found[0]!.share).toBeGreaterThan(0.9);
    expect(found[0]!.ranShare).toBeGreaterThan(0.99);
    expect(byKey('permits:slow')).toBeUndefined();
  });

  it('tells how much of what workers can run they ran, where handing over takes as long as the work', () => {
    const { found } = look(
      {
        ...items(60),
        stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 5 }] } }],
        machine: { workers: 2 },
      },
      4,
      // The coordinator takes 5 ms a task, so each of the two workers gets one every 10 ms.
      { ...idealOverheads, dispatchMs: 5 },
    );
    expect(found[0]).toMatchObject({ key: 'workers', isChronic: true });
    expect(found[0]!.ranShare).toBeCloseTo(0.5, 1);
  });

  it('finds the slowest of a row without buffers, not the ones that have queues as well', () => {
    const stages: StageDocument[] = [
      { id: 'a', permits: 1, work: wait(5) },
      { id: 'b', after: ['a'], permits: 1, work: wait(10) },
      { id: 'c', after: ['b'], permits: 1, work: wait(1) },
    ];
    const { found, byKey } = look({
      ...{ ...items(20), stages, machine: { workers: 2, tasksPerWorker: 8 } },
    });
    // b waits for its permit from 10 ms (the second output of a) until its last start at 195 ms.
    expect(found[0]).toMatchObject({ key: 'permits:b', isChronic: true });
    expect(lengthMs(byKey('permits:b').spans)).toBeCloseTo(185);
    // Until then a had a queue and nothing waited after it.
    expect(lengthMs(byKey('permits:a').spans)).toBeCloseTo(10);
    expect(byKey('permits:a').isChronic).toBe(false);
    // c had nothing to do but for its 1 ms of each 10.
    const [starved] = byKey('permits:b').starved;
    expect(starved!.stage).toBe(2);
    expect(starved!.share).toBeCloseTo((185 - 18) / 206);
    // The last item has nobody to wait for.
    expect(lengthMs(byKey('work:b').spans)).toBeCloseTo(206 - 195);
    // One item every 5 ms comes to b and one every 10 ms leaves: it grows by 100 a second.
    expect(byKey('permits:b').trend!.kind).toBe('growing');
    expect(byKey('permits:b').trend!.slopePerS).toBeGreaterThan(85);
    expect(byKey('permits:b').trend!.slopePerS).toBeLessThan(115);
    expect(byKey('permits:a').trend!.kind).toBe('at-once');
  });

  it('tells workers, limits, items in flight and the source apart', () => {
    const cause = (document: Omit<PipelineDocument, 'format'>) => look(document).found[0]!;
    expect(
      cause({ ...items(40), stages: [{ id: 'a', work: cpu(10) }], machine: { workers: 2 } }),
    ).toMatchObject({ key: 'workers', stage: 0, isChronic: true });
    const machine = { workers: 2, tasksPerWorker: 16 };
    expect(
      cause({
        ...{ ...items(40), limits: { api: 2 }, machine },
        stages: [{ id: 'a', work: wait(10), uses: { api: 1 }, permits: 8 }],
      }),
    ).toMatchObject({ key: 'limit:api', stage: 0, isChronic: true });
    const flying = cause({
      ...{ ...items(40), stages: [{ id: 'a', work: wait(10), permits: 8 }] },
      machine: { ...machine, inFlight: 4 },
    });
    expect(flying).toMatchObject({ key: 'in-flight', stage: -1, isChronic: true });
    // 40 items, four at a time: from the start until the last four are let in at 90 ms.
    expect(lengthMs(flying.spans)).toBeCloseTo(90);
    // Items wait 0 (4 of them), 10, 20 … 90 ms at the source.
    expect(flying.waitMs).toBeCloseTo(4 * 450);
    expect(flying.waiters).toEqual([{ stage: -1, ms: expect.closeTo(1800) }]);
    const late = cause({
      source: { kind: 'count', count: 20, arrivals: { kind: 'uniform', rate: 50 } },
      ...{ stages: [{ id: 'a', work: wait(5) }], machine },
    });
    expect(late).toMatchObject({ key: 'arrivals', isChronic: true, stage: -1 });
    expect(cause({ ...items(1), stages: [{ id: 'a', work: wait(5) }], machine })).toMatchObject({
      key: 'work:a',
      share: 1,
    });
  });

  it('of a limit inside a limit names the one that holds', () => {
    const document = (inFlight: number, permits: number) => ({
      ...items(40),
      stages: [{ id: 'call', work: wait(10), permits }],
      machine: { workers: 2, tasksPerWorker: 32, inFlight },
    });
    const outer = look(document(4, 8));
    expect(outer.found[0]!.key).toBe('in-flight');
    expect(outer.holding('permits:call')).toBeUndefined();
    const inner = look(document(8, 4));
    expect(inner.found[0]!.key).toBe('permits:call');
    const flight = inner.holding('in-flight');
    // While items wait inside for their permit, that they are not let in is its doing.
    expect(flight.nestedMs / flight.waitMs).toBeGreaterThan(0.9);
    expect(lengthMs(flight.root)).toBeLessThan(1e-6);
  });

  it('of a chain of tasks in a row names the longest, and the retry that is due', () => {
    const machine = { workers: 2, tasksPerWorker: 8 };
    const chained = look({
      ...{ ...items(2), machine },
      stages: [
        { id: 'a', work: { kind: 'synthetic', phases: [{ wait: { perItem: [5, 100] } }] } },
        { id: 'b', after: ['a'], work: wait(10), batch: { size: 2, linger: 30 } },
      ],
    });
    // The first waits in its batch for the second, but what takes the time is that a works.
    expect(chained.found.map(({ key, share }) => [key, share])).toEqual([['work:a', 1]]);
    const failing = look({
      ...{ ...items(1), machine },
      stages: [
        {
          ...{ id: 'a', retry: { attempts: 3, backoff: 40, factor: 1 } },
          work: { kind: 'synthetic', phases: [{ wait: 10 }], failure: 1 },
        },
      ],
    });
    expect(failing.byKey('retry:a').share).toBeCloseTo(80 / 110);
  });

  it('counts every wait of a task once', () => {
    const { holdings, trace } = look({
      ...{ ...items(60), limits: { api: 3, db: 2 } },
      stages: [
        { id: 'a', permits: 4, work: cpu(3), uses: { api: 1 } },
        {
          id: 'b',
          after: ['a'],
          permits: 3,
          buffer: { capacity: 2 },
          work: wait(9),
          uses: { api: 1, db: 1 },
        },
        { id: 'c', after: ['a'], permits: 2, buffer: { capacity: 5 }, work: wait(7) },
      ],
      machine: { workers: 2, tasksPerWorker: 4 },
    });
    const times = taskTimes(trace);
    const sum = (kinds: string[]) =>
      holdings
        .filter(({ kind }) => kinds.includes(kind))
        .reduce(
          (total, { waiters }) =>
            total + [...waiters].reduce((a, [at, ms]) => a + (at < 0 ? 0 : ms), 0),
          0,
        );
    const all = (field: keyof (typeof times)[number]) =>
      times.reduce((total, own) => total + own[field], 0);
    expect(sum(['permits'])).toBeCloseTo(all('waitForPermit'), 6);
    expect(sum(['limit'])).toBeCloseTo(all('waitForLimit'), 6);
    expect(sum(['workers'])).toBeCloseTo(all('waitForWorker'), 6);
    expect(sum(['buffer'])).toBeCloseTo(all('blocked'), 6);
    expect(all('waitForLimit')).toBeGreaterThan(0);
  });

  it('has nothing to say of a run in which nothing happened', () => {
    expect(look({ ...items(0), stages: pressed }).found).toEqual([]);
  });
});

it('fits the slope of a queue by least squares', () => {
  const stair = { time: Float64Array.of(0, 1, 2, 3), value: Float64Array.of(0, 1, 2, 3) };
  // Of a stair of n equal steps the slope is 1 − 1/n²: here 15/16 of a step each.
  expect(slopeOver(stair, 0, 4)).toBeCloseTo(15 / 16);
  const level = { time: Float64Array.of(0), value: Float64Array.of(7) };
  expect(slopeOver(level, 2, 9)).toBeCloseTo(0);
});
