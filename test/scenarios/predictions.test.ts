import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/engine/runner.ts';
import { makespan, predict } from './predict.ts';

/** ms that tasks of a stage were blocked by a full buffer behind them. */
function blocked({ trace }: RunReport, stage: number): number {
  let sum = 0;
  for (let i = 0; i < trace.tasks.count; i++) {
    if (trace.tasks.stage[i] === stage) sum += trace.tasks.leave[i]! - trace.tasks.end[i]!;
  }
  return sum;
}

/** The most items that were at once between entering the first stage's buffer and leaving the second stage. */
function mostInside({ trace }: RunReport): number {
  const { tasks } = trace;
  const steps: [number, number][] = [];
  for (let i = 0; i < tasks.count; i++) {
    if (tasks.stage[i] === 0) steps.push([tasks.arrive[i]!, 1]);
    else steps.push([tasks.leave[i]!, -1]);
  }
  steps.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let inside = 0;
  return Math.max(...steps.map(([, step]) => (inside += step)));
}

describe('what the notes promise is what is predicted', () => {
  test('two workers', async () => {
    expect(await makespan('two-workers')).toBe(800);
    expect(await makespan('two-workers', 'two workers')).toBe(400);
    expect(await makespan('two-workers', 'four workers')).toBe(400);
  });

  test('back pressure: blocked, few in memory, no slower; only a permit helps', async () => {
    const bounded = await predict('back-pressure');
    const roomy = await predict('back-pressure', 'room for all');
    expect(bounded.trace.meta.makespan).toBe(602);
    expect(roomy.trace.meta.makespan).toBe(602);
    expect(blocked(bounded, 0)).toBeGreaterThan(300);
    expect(blocked(roomy, 0)).toBe(0);
    expect(mostInside(bounded)).toBeLessThanOrEqual(8);
    expect(mostInside(roomy)).toBeGreaterThan(40);
    expect(await makespan('back-pressure', 'two permits')).toBeLessThan(400);
  });

  test('fork and join: only the long branch matters', async () => {
    const before = await makespan('fork-join');
    expect(await makespan('fork-join', 'short twice as fast')).toBe(before);
    expect(await makespan('fork-join', 'long twice as fast')).toBeLessThan(0.51 * before);
    expect(await makespan('fork-join', 'four permits for long')).toBeLessThan(0.3 * before);
  });

  test('nested limits: the smaller one wins', async () => {
    const before = await makespan('nested-limits');
    expect(before).toBeCloseTo(1012, 0);
    expect(await makespan('nested-limits', '10 inside 10')).toBe(before);
    expect(await makespan('nested-limits', 'only the outer one')).toBe(before);
    expect(await makespan('nested-limits', 'only the inner one')).toBeLessThan(0.55 * before);
  });

  test('batches share the fixed cost', async () => {
    const one = await makespan('batching');
    const twenty = await makespan('batching', 'batches of 20');
    const all = await makespan('batching', 'batches of 200');
    expect(one).toBeCloseTo(1700, -2);
    expect(one / twenty).toBeGreaterThan(8);
    expect(twenty / all).toBeLessThan(2);
    expect(all).toBeLessThan(twenty);
    // Where calls need not queue, smaller ones are done sooner.
    expect(await makespan('batching', 'batches of 20, all at once')).toBe(30);
    expect(await makespan('batching', 'batches of 200, all at once')).toBe(116);
  });

  test('overload: lost, late or large', async () => {
    const throttled = (await predict('overload')).trace.meta;
    const grown = (await predict('overload', 'grow')).trace.meta;
    expect([throttled.items.dropped, grown.items.dropped]).toEqual([0, 0]);
    expect(grown.makespan).toBeGreaterThan(1990);
    expect(throttled.stages[1]?.received).toBe(200);
    for (const policy of ['drop the newest', 'drop the oldest']) {
      const { trace } = await predict('overload', policy);
      expect(trace.meta.items.dropped).toBeGreaterThan(80);
      expect(trace.meta.makespan).toBeLessThan(1200);
    }
  });
});
