import { describe, expect, it } from 'vitest';
import { judgeTargets, targetTimes } from '../../src/measure/targets.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { asciiTrace } from '../fixtures/ascii-trace.ts';

describe('the times that targets are compared with', () => {
  it('count a stage at work once, however many of its tasks run, set-up included, blocked not', () => {
    const trace = asciiTrace(`
      stages  a b
      w0      Aaaa~~ aa
      w1        aa bbbb
    `);
    const { stagesMs } = targetTimes(trace);
    expect(stagesMs).toEqual({ a: 6, b: 4 });
  });
  it('of a chain with one item add up to the makespan', () => {
    const pipeline = withDefaults(chain());
    const { trace } = simulate(pipeline, { cores: 2 });
    const times = targetTimes(trace);
    expect(times).toEqual({ totalMs: 70, stagesMs: { a: 30, b: 40 } });
  });
});

describe('targets', () => {
  const pipeline = withDefaults({
    ...chain(),
    targets: {
      total: { target: 100, stretch: 80 },
      stages: { a: { target: 25 }, b: { stretch: 40 } },
    },
  });
  const runs = (...totals: number[]) =>
    totals.map((totalMs) => ({ totalMs, stagesMs: { a: 30, b: 40 } }));

  it('are met, met with room, or missed by the median, with the margin', () => {
    const [total, a, b] = judgeTargets(pipeline, runs(85, 90, 95));
    expect(total).toMatchObject({ outcome: 'met', measuredMs: 90, marginMs: 10, interval: null });
    expect(total!.sentence).toBe('Total met its target: 90 ms, 10 ms under 100 ms.');
    expect(a).toMatchObject({ stage: 'a', outcome: 'missed', marginMs: -5 });
    expect(a!.sentence).toBe('A missed its target: 30 ms at work, 5 ms over 25 ms.');
    expect(b).toMatchObject({ outcome: 'stretch met', marginMs: 0, targetMs: null });
    expect(b!.sentence).toBe('b met its stretch target: 40 ms at work, exactly that.');
    expect(judgeTargets(pipeline, runs(70))[0]!.sentence).toBe(
      'Total met its stretch target: 70 ms, 10 ms under 80 ms.',
    );
  });
  it('say when runs differ by more than the margin', () => {
    const [total] = judgeTargets(pipeline, runs(96, 97, 98, 99, 101, 102, 103, 104));
    expect(total).toMatchObject({ outcome: 'met', isClose: true });
    expect(total!.interval).toEqual({ lowMs: 96, highMs: 104 });
    expect(total!.sentence).toContain('within what runs differ by');
    expect(judgeTargets(pipeline, runs(50, 51, 52, 53, 54, 55, 56, 57))[0]!.isClose).toBe(false);
  });
  it('without a run are not measured; lines without any target are left out', () => {
    expect(judgeTargets(pipeline, []).map(({ outcome }) => outcome)).toEqual(
      Array(3).fill('not measured'),
    );
    expect(judgeTargets(withDefaults(chain()), runs(1))).toEqual([]);
  });
});

function chain(): PipelineDocument {
  return {
    format: 'millrace/1',
    source: { kind: 'count', count: 1 },
    stages: [
      { id: 'a', name: 'A', work: { kind: 'synthetic', phases: [{ wait: 30 }] } },
      { id: 'b', after: ['a'], work: { kind: 'synthetic', phases: [{ cpu: 40 }] } },
    ],
    machine: { workers: 2 },
  };
}
