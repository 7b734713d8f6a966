import { expect, test } from 'vitest';
import type { Pipeline } from '../../src/pipeline/types.ts';
import type { Trace } from '../../src/trace/types.ts';
import { flowShopTimes, readFlowShop, type FlowShopTimes } from './flow-shop-recursion.ts';
import { describeTruth, instances, readTruth } from './ground-truth.ts';
import { importInstance, scheduleOf } from './import-instance.ts';

const endless = Infinity;
const secondsMax = 60_000;

function withBuffers(pipeline: Pipeline, places: number): Pipeline {
  const capacity = places === endless ? null : places;
  const stages = pipeline.stages.map((stage, machine) =>
    machine === 0 ? stage : { ...stage, buffer: { ...stage.buffer, capacity } },
  );
  return { ...pipeline, stages };
}

/** Starts, ends and leaves of the trace, in the shape of the recursion's. */
function timesOf(trace: Trace, machines: number, jobs: number): FlowShopTimes {
  const grid = (): number[][] =>
    Array.from({ length: machines }, () => new Array<number>(jobs).fill(NaN));
  const times = { start: grid(), end: grid(), leave: grid() };
  const { tasks, items } = trace;
  for (let row = 0; row < tasks.count; row++) {
    const job = items.ordinal[tasks.item[row]!]!;
    for (const column of ['start', 'end', 'leave'] as const) {
      times[column][tasks.stage[row]!]![job] = tasks[column][row]!;
    }
  }
  return times;
}

function expectExact(text: string, places: number): void {
  const durations = readFlowShop(text);
  const pipeline = withBuffers(importInstance('flow-shop', text), places);
  const trace = scheduleOf(pipeline, {});
  const times = timesOf(trace, durations.length, durations[0]!.length);
  expect(times).toEqual(flowShopTimes(durations, places));
  expect(trace.meta.makespan).toBe(times.leave.at(-1)!.at(-1)!);
}

// Three jobs on two machines, worked out by hand: the second and third job wait on machine 1 for machine 2.
const small = '3 2\n1 1 5\n4 1 1\n';
test.each([
  [endless, [1, 2, 7], [1, 2, 7], [5, 6, 8]],
  [1, [1, 2, 7], [1, 2, 7], [5, 6, 8]],
  [0, [1, 2, 10], [1, 5, 10], [5, 6, 11]],
])('three jobs, %d places between the machines', (places, ends, leaves, last) => {
  expect(flowShopTimes(readFlowShop(small), places)).toMatchObject({
    end: [ends, last],
    leave: [leaves, last],
  });
  expectExact(small, places);
});

test('six jobs on three machines, zero times among them, buffers of every size', () => {
  const text = '6 3\n5 1 0 1 1 9\n1 7 7 0 2 1\n6 1 8 8 0 3\n';
  const makespans = [endless, 4, 3, 2, 1, 0].map((places) => {
    expectExact(text, places);
    return flowShopTimes(readFlowShop(text), places).leave[2]!.at(-1)!;
  });
  // Less room never helps.
  expect(makespans).toEqual([...makespans].sort((a, b) => a - b));
  expect(makespans[0]).toBeLessThan(makespans.at(-1)!);
});

describeTruth('flowshop', "Taillard's flow shops, first in first out", () => {
  test.each([endless, 0, 1, 2, 5])(
    'all instances are as the recursion has them to the last digit, %d places between machines',
    (places) => {
      const rows = instances('flowshop', 'optimum.csv');
      expect(rows.length).toBeGreaterThan(30);
      for (const row of rows) {
        const text = readTruth(`flowshop/${row['file']!}`);
        expectExact(text, places);
        const durations = readFlowShop(text);
        const makespan = flowShopTimes(durations, places).leave.at(-1)!.at(-1)!;
        expect(makespan).toBeGreaterThanOrEqual(Number(row['perm_lower']));
      }
    },
    secondsMax,
  );
});
