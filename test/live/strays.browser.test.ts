import { describe, expect, test } from 'vitest';
import { logLinesMax } from '../../src/live/wire.ts';
import { code, runLive } from './run-live.ts';

const values = (list: unknown[]) => ({ kind: 'values' as const, values: list });
/** Late errors need a moment in which the run still goes on. */
const linger = code('linger', 'export default (n, ctx) => ctx.wait(150);');

describe('errors that no task can catch', () => {
  test.each([
    ['a timer', 'setTimeout(() => {\n    throw new RangeError("late");\n  }, 5);', 3],
    [
      'a promise',
      'void Promise.resolve().then(() => {\n    throw new RangeError("late");\n  });',
      3,
    ],
  ])('in %s are told with stage, line and item, and fail nothing', async (_, late, line) => {
    const report = await runLive({
      source: values([7]),
      stages: [code('a', `export default (n: number) => {\n  ${late}\n  return n;\n};`), linger],
    });
    expect(report.error).toBe(null);
    expect(report.failures).toEqual([]);
    expect(report.results.map((one) => one.value)).toContain(7);
    expect(report.notices).toEqual([
      `Stage "a", line ${line}: an error that nothing caught: RangeError: late (it came from item 0).`,
    ]);
  });

  test('of several items none is named, and the same is told once', async () => {
    const report = await runLive({
      source: values([1, 2, 3]),
      stages: [
        code(
          'a',
          'export default (n) => {\n  setTimeout(() => { throw new Error("late"); }, 30);\n};',
        ),
        linger,
      ],
      machine: { workers: 1, tasksPerWorker: 6 },
    });
    expect(report.notices).toEqual(['Stage "a", line 2: an error that nothing caught: late.']);
  });

  test('what is no Error is told as what it is', async () => {
    const report = await runLive({
      source: values([1]),
      stages: [
        code(
          'a',
          'export default (n, ctx) => {\n  void Promise.reject("no");\n  return ctx.wait(50);\n};',
        ),
      ],
    });
    expect(report.notices).toEqual([
      'Stage "a": an error that nothing caught: threw "no", which is not an Error (it came from item 0).',
    ]);
  });

  test('stage code cannot stop the news, nor forge it', async () => {
    const report = await runLive({
      source: values([1]),
      stages: [
        code(
          'a',
          `addEventListener('error', (e) => e.stopImmediatePropagation(), true);
           self.onerror = () => true;
           Event.prototype.preventDefault = () => {};
           dispatchEvent(new ErrorEvent('error', { message: 'forged', error: new Error('forged') }));
           dispatchEvent(new MessageEvent('message', { data: { type: 'tasks', tasks: [{}] } }));
           export default async (n, ctx) => { setTimeout(() => { throw new Error('real'); }, 5); await ctx.wait(50); return n; };`,
        ),
      ],
    });
    expect(report.error).toBe(null);
    expect(report.notices).toHaveLength(1);
    expect(report.notices[0]).toContain('real');
  });

  test('a flood of them ends', async () => {
    const report = await runLive({
      source: values([1]),
      stages: [
        code(
          'a',
          'export default async (n, ctx) => { for (let i = 0; i < 5000; i++) void Promise.reject(new Error("no " + i)); await ctx.wait(50); return n; };',
        ),
      ],
    });
    expect(report.results).toHaveLength(1);
    expect(report.notices).toHaveLength(20);
  });
});

describe('the log', () => {
  test('keeps the first lines and counts the rest', async () => {
    const report = await runLive({
      source: values([1, 2]),
      stages: [
        code(
          'a',
          'export default (n, ctx) => { for (let i = 0; i < 100_000; i++) ctx.log("line", i); return n; };',
        ),
      ],
      machine: { workers: 2 },
    });
    expect(report.log).toHaveLength(logLinesMax);
    expect(report.log[0]).toMatchObject({ stage: 'a', text: 'line 0' });
    expect(report.logOmitted).toBe(200_000 - logLinesMax);
    expect(report.results).toHaveLength(2);
  });
});

describe('the network', () => {
  test.each([
    ['fetch("https://example.org")', 'fetch'],
    ['new XMLHttpRequest()', 'XMLHttpRequest'],
    ['new WebSocket("wss://example.org")', 'WebSocket'],
    ['new EventSource("https://example.org")', 'EventSource'],
    ['importScripts("https://example.org/x.js")', 'importScripts'],
  ])('%s says that there is none', async (expression, name) => {
    const report = await runLive({
      source: values([1]),
      stages: [code('a', `export default async () => {\n  await ${expression};\n};`)],
    });
    expect(report.failures).toMatchObject([{ stage: 'a', line: 2 }]);
    expect(report.failures[0]!.message).toContain(`${name}: stage code has no network, by design`);
  });
});
