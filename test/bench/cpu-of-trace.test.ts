import { expect, test } from 'vitest';
import { cpuOfTrace, type TraceEvent } from './profile/cpu-of-trace.ts';

const thread = (tid: number, name: string): TraceEvent => ({
  ...{ ph: 'M', name: 'thread_name', pid: 1, tid, ts: 0, args: { name } },
});
/** From and to in ms; `cpuMs` of it. */
const event = (
  tid: number,
  [name, cat]: [name: string, cat: string],
  [fromMs, toMs]: [number, number],
  cpuMs = toMs - fromMs,
): TraceEvent => ({
  ...{ ph: 'X', name, cat, pid: 1, tid, ts: fromMs * 1000 },
  ...{ dur: (toMs - fromMs) * 1000, tdur: cpuMs * 1000 },
});
const mark = (atMs: number): TraceEvent => ({
  ...{ ph: 'I', name: 'clock starts', cat: 'blink.user_timing', pid: 1, tid: 3, ts: atMs * 1000 },
});
const call: [string, string] = ['FunctionCall', 'devtools.timeline'];
const threads = [
  thread(1, 'DedicatedWorker thread'),
  thread(2, 'DedicatedWorker thread'),
  thread(3, 'DedicatedWorker thread'),
  thread(4, 'CrRendererMain'),
  thread(5, 'ThreadPoolForegroundWorker'),
  thread(6, 'CrBrowserMain'),
];
const events = [
  ...threads,
  // What practises before the clock, and an earlier mark.
  mark(2),
  event(1, call, [0, 9]),
  mark(10),
  // The second began before the clock did, and half of it counts.
  event(1, call, [10, 60], 45),
  event(1, ['V8.CompileCode', 'disabled-by-default-v8.compile'], [20, 24]),
  event(1, ['V8.GC_SCAVENGER', 'devtools.timeline,disabled-by-default-v8.gc'], [21, 22]),
  event(2, call, [0, 20]),
  event(2, call, [20, 80], 30),
  event(3, call, [12, 20]),
  event(4, call, [30, 33]),
  event(5, ['ThreadPool_RunTask', 'toplevel'], [15, 21]),
  event(5, ['V8.OptimizeBackground', 'disabled-by-default-v8.compile'], [16, 21]),
  event(6, ['Receive mojo message', 'toplevel,mojom'], [15, 17]),
  // After the clock has stopped.
  event(3, call, [200, 300]),
];

test('time of the processor counts for what took it, once, within the clock alone', () => {
  expect(cpuOfTrace(events, 100, 2)).toEqual({
    workers: 45 - 4 + 10 + 30,
    handingOut: 8 + 3,
    compiling: 4 - 1 + 5,
    collecting: 1,
    browser: 1 + 2,
  });
});

test('with a shorter clock what lies after it does not count', () => {
  const { workers, handingOut } = cpuOfTrace(events, 15, 2);
  // Of the first, 15 of 50 ms and the compiling in it whole; of the second 10 ms, and 5 of 60.
  expect(workers).toBeCloseTo(45 * (15 / 50) - 4 + 10 + 30 * (5 / 60), 10);
  expect(handingOut).toBe(8);
});

test('a trace without the mark is refused', () => {
  const unmarked = events.filter(({ name }) => name !== 'clock starts');
  expect(() => cpuOfTrace(unmarked, 100, 2)).toThrow('The trace has no mark "clock starts".');
});
