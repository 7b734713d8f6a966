import { describe, expect, test } from 'vitest';
import { idealOverheads } from '../../src/engine/runner.ts';
import { evaluateTrials } from '../../src/explore/evaluate-trials.ts';
import type { TrialRequest } from '../../src/explore/trials.ts';
import { summarize } from '../../src/measure/summary.ts';
import { applySet } from '../../src/pipeline/edit.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';

const document: PipelineDocument = {
  format: 'millrace/1',
  source: { kind: 'count', count: 80, bytes: 1000, arrivals: { kind: 'poisson', rate: 300 } },
  stages: [
    {
      id: 'fetch',
      permits: 2,
      work: { kind: 'synthetic', phases: [{ wait: { exponential: 8 } }], failure: 0.1 },
    },
    {
      id: 'pack',
      after: ['fetch'],
      buffer: { capacity: 2, whenFull: 'drop-newest' },
      work: { kind: 'synthetic', phases: [{ cpu: 6 }], output: 500 },
    },
  ],
  machine: { workers: 2, cores: null },
};
const requestOf = (...sets: Record<string, unknown>[]): TrialRequest => ({
  ...{ document, sets, cores: 2, overheads: idealOverheads },
});

test('a trial has the figures of the summary of that very run', () => {
  const sets = [{}, { '/stages/fetch/permits': 4 }, { '/stages/pack/buffer/capacity': 30 }];
  const outcomes = evaluateTrials(requestOf(...sets));
  for (const [at, set] of sets.entries()) {
    const changed = applySet(document, set);
    if (!changed.ok) throw new Error(changed.error);
    const { pipeline } = parseDocument(changed.value);
    const { makespan, latency, memory, items } = summarize(
      simulate(pipeline!, { cores: 2 }).trace,
      pipeline!,
    );
    expect(outcomes[at]).toEqual({
      makespanMs: makespan,
      latencyP95Ms: latency.p95,
      memoryPeakBytes: memory.peak,
      lost: items.failed + items.dropped + items.cancelled,
      delivered: items.delivered,
      problem: null,
    });
    expect(outcomes[at]!.lost).toBeGreaterThan(0);
    expect(outcomes[at]!.delivered).toBeGreaterThan(0);
  }
});

test('a range is that part of all, and the settings of one trial are gone in the next', () => {
  const request = requestOf({}, { '/machine/cores': 1 }, {}, { '/stages/pack/permits': 1 });
  const all = evaluateTrials(request);
  expect(evaluateTrials(request, 1, 3)).toEqual(all.slice(1, 3));
  expect(all[2]).toEqual(all[0]);
  expect(all[1]).not.toEqual(all[0]);
});

describe('what cannot be simulated says why', () => {
  const problemOf = (set: Record<string, unknown>): string | null =>
    evaluateTrials(requestOf(set))[0]!.problem;

  test.each([
    ['a place that is not there', { '/stages/fetsh/permits': 2 }, /fetsh.*fetch/],
    ['a value that does not fit', { '/stages/fetch/permits': -1 }, /permits/],
    [
      'fields that do not go together',
      { '/stages/pack/batch/size': 8, '/stages/pack/batch/linger': null },
      /batch/,
    ],
    [
      'code that nobody has measured',
      { '/stages/fetch/work': { kind: 'code', source: 'export default (item) => item' } },
      /has not been measured yet/,
    ],
    [
      'items that nobody has counted',
      { '/source': { kind: 'code', code: 'export default function* () {}' } },
      /only known once it has run/,
    ],
  ])('%s', (_, set, words) => {
    const [outcome] = evaluateTrials(requestOf(set));
    expect(outcome!.problem).toMatch(words);
    expect(outcome!.makespanMs).toBe(0);
  });

  test('what the caller knows counts', () => {
    const source = { '/source': { kind: 'code', code: 'export default function* () {}' } };
    const request = { ...requestOf(source), sourceItems: 12 };
    const [outcome] = evaluateTrials(request);
    expect(outcome!.problem).toBeNull();
    expect(outcome!.delivered + outcome!.lost).toBe(12);
    expect(problemOf({})).toBeNull();
  });
});
