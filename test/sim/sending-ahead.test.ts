import { describe, expect, test } from 'vitest';
import type { Machine, TaskEnd } from '../../src/engine/machine.ts';
import { compilePlan } from '../../src/engine/plan.ts';
import { Scheduler } from '../../src/engine/scheduler.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { StageDocument } from '../../src/pipeline/types.ts';
import { TraceBuilder } from '../../src/trace/builder.ts';
import { emptyMeta } from '../../src/trace/empty-trace.ts';

const tickMs = 0.1;
const workers = 2;
const work = { kind: 'code' as const, source: 'export default (item) => item;' };

interface Begun {
  stage: number;
  item: number;
  worker: number;
}

interface Run {
  /** In the order in which they began. */
  begun: Begun[];
  /** Most tasks that waited at one worker. */
  aheadMost: number;
  /** Tasks that were sent to a worker that ran another. */
  aheadCount: number;
  delivered: number;
}

/**
 * A machine whose workers do what they are sent in order, `slots` at once, each task in a tick (or `ticksOf` its
 * stage), and says that a tick took `tookMs`; `perTick` items come at each.
 */
function runTicks(
  stages: StageDocument[],
  items: number,
  perTick: number | ((tick: number) => number),
  ticksOf = (_stage: number): number => 1,
  tookMs = tickMs,
  slots = 1,
  sendsNoMore = false,
): Run {
  const pipeline = withDefaults({
    format: 'millrace/1',
    // Timed, so that the test itself brings the items.
    source: { kind: 'count', count: items, arrivals: { kind: 'uniform', rate: 1 } },
    stages,
    machine: { workers, tasksPerWorker: slots },
  });
  const plan = compilePlan(pipeline, { cores: workers, cache: 'off', sendAheadMs: 1, sendsNoMore });
  const trace = new TraceBuilder(emptyMeta('simulated'));
  const run: Run = { begun: [], aheadMost: 0, aheadCount: 0, delivered: 0 };
  const lanes: { task: number; leftTicks: number }[][] = Array.from({ length: workers }, () => []);
  let isOver = false;
  const nothing = (): void => {};
  const machine: Machine = {
    ...{ pull: nothing, abort: nothing, setTimer: nothing, clearTimer: nothing, lookUp: nothing },
    ...{ share: nothing, child: nothing, alias: nothing, release: nothing, heldBytes: 0 },
    start(task, stage, worker) {
      const lane = lanes[worker]!;
      if (lane.length >= slots) run.aheadCount++;
      lane.push({ task, leftTicks: ticksOf(stage) });
      run.aheadMost = Math.max(run.aheadMost, lane.length - slots);
    },
    startWorker: nothing,
    deliver: () => void run.delivered++,
    finished: () => (isOver = true),
  };
  const scheduler = new Scheduler(plan, machine, trace);
  const end: TaskEnd = {
    ...{ outcome: 'ok', startMs: 0, endMs: 0, setupMs: 0, waitedMs: 0, bytes: 0, outputs: null },
  };
  const noteBegun = (worker: number): void => {
    for (const { task, leftTicks } of lanes[worker]!.slice(0, slots)) {
      const stage = scheduler.taskStage(task);
      if (leftTicks !== ticksOf(stage)) continue;
      run.begun.push({ stage, item: scheduler.taskItem(task), worker });
    }
  };
  scheduler.prepare();
  for (let worker = 0; worker < workers; worker++) scheduler.workerReady(0, worker);
  scheduler.begin(0);
  let come = 0;
  for (let tick = 0; !isOver; tick++) {
    expect(tick).toBeLessThan(100_000);
    const nowMs = tick * tickMs;
    for (let worker = 0; worker < workers; worker++) {
      const lane = lanes[worker]!;
      const at = lane.slice(0, slots);
      for (const running of at) running.leftTicks--;
      for (const { task, leftTicks } of at) {
        if (leftTicks > 0) continue;
        lane.splice(
          lane.findIndex((one) => one.task === task),
          1,
        );
        end.startMs = nowMs - tookMs * ticksOf(scheduler.taskStage(task));
        end.endMs = nowMs;
        scheduler.taskEnded(nowMs, task, end);
      }
    }
    const coming = typeof perTick === 'number' ? perTick : perTick(tick);
    for (let i = 0; i < coming && come < items; i++, come++) scheduler.arrived(nowMs);
    if (come === items) scheduler.sourceEnded();
    scheduler.settle(nowMs);
    for (let worker = 0; worker < workers; worker++) noteBegun(worker);
  }
  expect(trace.meta.ended).toBe('done');
  return run;
}

const itemsOf = ({ begun }: Run, stage: number, worker?: number): number[] =>
  begun
    .filter((one) => one.stage === stage && (worker === undefined || one.worker === worker))
    .map(({ item }) => item);

const rising = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);

describe('sending ahead', () => {
  test('a worker that is at a long task has no share, so that the other has enough to go on with', () => {
    const stages: StageDocument[] = [
      { id: 'long', work, permits: 1 },
      { id: 'short', work },
    ];
    const [longTicks, late] = [400, 200];
    const coming = (tick: number): number => (tick === 0 ? 2 : tick === longTicks + 50 ? late : 0);
    const ticksOf = (stage: number): number => (stage === 0 ? longTicks : 1);
    const { aheadMost } = runTicks(stages, 2 + late, coming, ticksOf, 0.01);
    expect(aheadMost).toBeGreaterThan((3 / 4) * late);
  });

  test('of tasks too short to be measured a worker is sent no more than its share of all that wait', () => {
    const items = 300;
    const { aheadMost, aheadCount } = runTicks([{ id: 'a', work }], items, items, undefined, 0);
    expect(aheadCount).toBeGreaterThan(items / 2);
    expect(aheadMost).toBeLessThanOrEqual(items / workers);
  });

  test('a part of its share of what waits goes to a worker, in order, and nothing is lost', () => {
    const run = runTicks(
      [
        { id: 'a', work },
        { id: 'b', work, after: ['a'] },
      ],
      1000,
      1000,
    );
    expect(run.delivered).toBe(1000);
    // Of 50 ms a worker, an eighth, and as much again to go on with meanwhile.
    expect(run.aheadMost).toBeGreaterThanOrEqual(63);
    expect(run.aheadMost).toBeLessThanOrEqual(126);
    const all = Array.from({ length: 1000 }, (_, i) => i);
    expect([rising(itemsOf(run, 0)), rising(itemsOf(run, 1))]).toEqual([all, all]);
    for (const worker of [0, 1]) {
      const items = itemsOf(run, 0, worker);
      expect(items).toEqual(rising(items));
    }
  });

  test('told to send no more, it stays at two messages of 1 ms', () => {
    const run = runTicks([{ id: 'a', work }], 1000, 1000, undefined, tickMs, 1, true);
    expect(run.aheadMost).toBeGreaterThanOrEqual(10);
    expect(run.aheadMost).toBeLessThanOrEqual(21);
  });

  test('as many permits as tasks can run at once hold nothing back', () => {
    const most = (permits: number): number =>
      runTicks([{ id: 'a', work, permits }], 1000, 1000).aheadMost;
    expect(most(workers)).toBeGreaterThanOrEqual(63);
    expect(most(workers + 1)).toBe(most(workers));
  });

  test('where a stage waits for more than a worker, others leave it room: no more than two messages of 1 ms', () => {
    const run = runTicks(
      [
        { id: 'a', work },
        { id: 'b', work, permits: 1 },
      ],
      1000,
      1000,
    );
    expect(run.aheadMost).toBeGreaterThanOrEqual(10);
    expect(run.aheadMost).toBeLessThanOrEqual(21);
  });

  test('workers with several slots get more to go on with too, and none has tasks while another has none', () => {
    const slots = 4;
    const mixed = (stage: number): number => (stage === 0 ? 1 : 3);
    const stages = [
      { id: 'a', work },
      { id: 'b', work, after: ['a'] },
    ];
    const run = runTicks(stages, 2000, 2000, mixed, tickMs, slots);
    expect(run.delivered).toBe(2000);
    const all = Array.from({ length: 2000 }, (_, i) => i);
    expect([rising(itemsOf(run, 0)), rising(itemsOf(run, 1))]).toEqual([all, all]);
    // Of 2,000 × 0.1 ms in eight slots 25 ms, of which an eighth is about 3 ms: 4 × 30 tasks, and twice that at the most.
    expect(run.aheadMost).toBeGreaterThanOrEqual(120);
    expect(run.aheadMost).toBeLessThanOrEqual(252);
    const share = itemsOf(run, 0, 0).length / 2000;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.05);
  });

  test('where several slots wait for more than a worker, nothing waits there', () => {
    const run = runTicks(
      [
        { id: 'a', work },
        { id: 'b', work, permits: 1 },
      ],
      200,
      200,
      () => 1,
      tickMs,
      4,
    );
    expect(run.delivered).toBe(400);
    expect(run.aheadCount).toBe(0);
  });

  test('the last task that waits is left to whoever is free first', () => {
    // Both workers have shown how long it takes when three come: two run, and one waits.
    const perTick = (tick: number): number => (tick === 0 ? 2 : tick === 10 ? 3 : 0);
    const run = runTicks([{ id: 'a', work }], 5, perTick, () => 2);
    expect(run.delivered).toBe(5);
    expect(run.aheadCount).toBe(0);
  });

  test('so are the last ones of slots that may get free one after another', () => {
    const perTick = (tick: number): number => (tick === 0 ? 4 : tick === 10 ? 7 : 0);
    const run = runTicks([{ id: 'a', work }], 11, perTick, () => 2, tickMs, 2);
    expect(run.delivered).toBe(11);
    expect(run.aheadCount).toBe(0);
  });

  test('but where other stages have enough for all others, it goes ahead', () => {
    // Of each item two tasks run and two wait, of one stage each.
    const stages = ['a', 'b', 'c', 'd'].map((id) => ({ id, work }));
    const perTick = (tick: number): number => (tick % 10 === 0 ? 1 : 0);
    const run = runTicks(stages, 5, perTick, () => 2);
    expect(run.delivered).toBe(4 * 5);
    expect(run.aheadCount).toBeGreaterThan(0);
  });

  test('tasks that measure as nothing do not all go to one worker', () => {
    const run = runTicks([{ id: 'a', work }], 20_000, 20_000, undefined, 0);
    expect(run.delivered).toBe(20_000);
    expect(run.aheadMost).toBeLessThanOrEqual(2002);
  });

  test('a fold takes its step when it is due, though its worker could be sent more', () => {
    const run = runTicks(
      [
        { id: 'a', work },
        { id: 'sum', work, after: ['a'], join: 'fold' },
      ],
      600,
      3,
    );
    expect(run.aheadCount).toBeGreaterThan(100);
    const half = run.begun.findIndex((one) => one.stage === 0 && one.item === 300);
    const steps = run.begun.slice(0, half).filter(({ stage }) => stage === 1).length;
    // Starved, it would take its steps when all the rest has been done.
    expect(steps).toBeGreaterThan(60);
  });

  test('neither long tasks, nor any behind them', () => {
    const long = (stage: number): number => (stage === 0 ? 1100 : 1);
    const run = runTicks(
      [
        { id: 'a', work },
        { id: 'b', work },
      ],
      60,
      60,
      long,
    );
    const { begun } = run;
    expect(itemsOf(run, 0)).toEqual(rising(itemsOf(run, 0)));
    expect(begun.length).toBe(120);
    expect(run.aheadCount).toBe(0);
  });

  test.each<[string, Partial<StageDocument>]>([
    ['permits', { permits: 1 }],
    ['a timeout', { timeout: 100 }],
  ])('none of a stage with %s', (_, settings) => {
    expect(runTicks([{ id: 'a', work, ...settings }], 200, 200).aheadCount).toBe(0);
  });
});
