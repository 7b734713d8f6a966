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
 * A machine whose workers do what they are sent one after the other, each task in a tick (or `ticksOf` its
 * stage), and says that a tick took `tookMs`; items come `perTick` at a time.
 */
function runTicks(
  stages: StageDocument[],
  items: number,
  perTick: number,
  ticksOf = (_stage: number): number => 1,
  tookMs = tickMs,
): Run {
  const pipeline = withDefaults({
    format: 'millrace/1',
    // Timed, so that the test itself brings the items.
    source: { kind: 'count', count: items, arrivals: { kind: 'uniform', rate: 1 } },
    stages,
    machine: { workers },
  });
  const plan = compilePlan(pipeline, { cores: workers, cache: 'off', sendAheadMs: 1 });
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
      if (lane.length > 0) run.aheadCount++;
      lane.push({ task, leftTicks: ticksOf(stage) });
      run.aheadMost = Math.max(run.aheadMost, lane.length - 1);
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
    const [first] = lanes[worker]!;
    if (!first || first.leftTicks !== ticksOf(scheduler.taskStage(first.task))) return;
    const stage = scheduler.taskStage(first.task);
    run.begun.push({ stage, item: scheduler.taskItem(first.task), worker });
  };
  scheduler.prepare();
  for (let worker = 0; worker < workers; worker++) scheduler.workerReady(0, worker);
  scheduler.begin(0);
  let come = 0;
  for (let tick = 0; !isOver; tick++) {
    expect(tick).toBeLessThan(100_000);
    const nowMs = tick * tickMs;
    for (let worker = 0; worker < workers; worker++) {
      const [first] = lanes[worker]!;
      if (!first || --first.leftTicks > 0) continue;
      lanes[worker]!.shift();
      end.startMs = nowMs - tookMs * ticksOf(scheduler.taskStage(first.task));
      end.endMs = nowMs;
      scheduler.taskEnded(nowMs, first.task, end);
    }
    for (let i = 0; i < perTick && come < items; i++, come++) scheduler.arrived(nowMs);
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
    const long = (stage: number): number => (stage === 0 ? 700 : 1);
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
