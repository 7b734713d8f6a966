import { describe, expect, it } from 'vitest';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { ExperimentState } from '../../src/explore/experiment.ts';
import type { Progress } from '../../src/engine/runner.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { runProgress } from '../../src/ui/page/run-progress.ts';
import { asSentence } from '../../src/ui/state/error-sentence.ts';
import { runErrorSentence } from '../../src/ui/state/run-error-sentence.ts';
import { lookLeftMs } from '../../src/ui/state/look-left.ts';
import { freeName, lastLeaf } from '../../src/ui/state/stage-names.ts';

describe('how far a run has come', () => {
  const { trace } = simulate(
    withDefaults({
      format: 'millrace/1',
      source: { kind: 'count', count: 10 },
      stages: [
        { id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
        { id: 'b', after: ['a'], join: 'fold', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
      ],
    }),
    { cores: 2 },
  );
  const books = { delivered: 0, failed: 0, dropped: 0, cancelled: 0 };
  const at = (
    makespan: number,
    received: [number, number],
    inside: [number, number],
  ): Progress => ({
    trace: {
      ...trace,
      meta: {
        ...trace.meta,
        makespan,
        items: { ...books, emitted: 10 },
        stages: trace.meta.stages.map((stage, i) => ({
          ...stage,
          received: received[i]!,
          inside: inside[i]!,
        })),
      },
      tasks: { ...trace.tasks, count: received[0] - inside[0] },
    },
    total: 10,
    queued: [],
    running: [],
    blocked: [],
  });

  it('moves on while no item is through, as in a pipeline that ends in a fold', () => {
    const early = runProgress(at(10, [10, 2], [8, 2]), null);
    const later = runProgress(at(40, [10, 8], [2, 6]), null);
    expect(early.itemsDone).toBe(0);
    expect(early.share).toBeGreaterThan(0);
    expect(later.share).toBeGreaterThan(early.share!);
    expect(later.share).toBeLessThan(1);
    expect(later.tasksDone).toBe(8);
  });

  it('goes by the time left where that is known', () => {
    const left = { leftMs: 30, without: [] };
    expect(runProgress(at(10, [10, 2], [8, 2]), left).share).toBeCloseTo(0.25);
  });

  it('knows that workers warm up before the clock starts', () => {
    expect(runProgress(at(0, [0, 0], [0, 0]), null).isWarmingUp).toBe(true);
    expect(runProgress(at(1, [0, 0], [0, 0]), null).isWarmingUp).toBe(false);
  });
});

describe('how long it takes to the next look', () => {
  const state = (rounds: number, nextLook: number | null, looked = false): ExperimentState => ({
    phase: 'running',
    rounds,
    nextLook,
    makespansMs: [],
    targetTimes: [],
    startsMs: [],
    comparisons: [
      {
        name: 'this',
        ratios: [],
        looks: [],
        speedup: looked ? { ratio: 2, low: 1, high: 3, verdict: 'faster', pairs: rounds } : null,
        differentWork: null,
      } as ExperimentState['comparisons'][number],
    ],
    ended: null,
    note: '',
  });

  it('is the pairs to come at the pace so far, the warm-up being one more pair', () => {
    expect(lookLeftMs(state(1, 12), 8000, 60_000)).toBe(44_000);
    expect(lookLeftMs(state(3, 12), 80_000, 60_000)).toBe(180_000);
  });
  it('is cut short by the budget once a look has been made', () => {
    expect(lookLeftMs(state(15, 17, true), 58_000, 60_000)).toBe(3625);
    expect(lookLeftMs(state(15, 24, true), 48_000, 60_000)).toBe(12_000);
  });
  it('is unknown during the warm-up and when no look comes', () => {
    expect(lookLeftMs({ ...state(0, 12), phase: 'warm-up' }, 1000, 60_000)).toBeNull();
    expect(lookLeftMs(state(96, null), 1000, 60_000)).toBeNull();
  });
});

describe('sentences', () => {
  it('leave the path of a field as it is spelt', () => {
    expect(asSentence('stages.a.work is missing')).toBe('stages.a.work is missing.');
    expect(asSentence('limits["x y"] is negative')).toBe('limits["x y"] is negative.');
    expect(asSentence('there is no stage "x"')).toBe('There is no stage "x".');
  });
  it('call a stage what the graph calls it', () => {
    const names = new Map([['a', 'Resize']]);
    const error = { message: 'unexpected token', stage: 'a', line: 2, column: 5 };
    expect(runErrorSentence(error, names)).toBe('Stage "Resize" (line 2:5): Unexpected token.');
    expect(runErrorSentence({ message: 'stage "a" has no code', stage: 'a' }, names)).toBe(
      'Stage "Resize" has no code.',
    );
  });
});

describe('a new stage', () => {
  const work = { kind: 'synthetic', phases: [] } as const;
  const document = {
    format: 'millrace/1',
    stages: [
      { id: 'a', name: 'New stage', work: { ...work, phases: [] } },
      { id: 'c', name: 'End', after: ['b'], work: { ...work, phases: [] } },
      { id: 'b', name: 'New stage 2', after: ['a'], work: { ...work, phases: [] } },
    ],
  } as Parameters<typeof lastLeaf>[0];
  it('has a name of its own', () => {
    expect(freeName(document, 'New stage')).toBe('New stage 3');
    expect(freeName(document, 'Other')).toBe('Other');
  });
  it('comes after the end of the pipeline', () => {
    expect(lastLeaf(document)).toBe('c');
    expect(lastLeaf({ ...document, stages: [] })).toBeNull();
  });
});
