import { expect, test } from 'vitest';
import { scorecard } from '../../src/measure/scorecard.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';

const traceOf = (ms: number, count = 4) => {
  const document: PipelineDocument = {
    format: 'millrace/1',
    source: { kind: 'count', count },
    stages: [{ id: 'a', name: 'First', work: { kind: 'synthetic', phases: [{ wait: ms }] } }],
    machine: { workers: 1 },
  };
  return simulate(parseDocument(document).pipeline!, { cores: 1 }).trace;
};

test('each figure stands beside what was measured, with its error', () => {
  const { makespan, stages } = scorecard(traceOf(9), traceOf(10));
  expect(makespan).toEqual({ predicted: 36, measured: 40, error: -0.1 });
  expect(stages).toHaveLength(1);
  expect(stages[0]).toMatchObject({
    ...{ id: 'a', name: 'First' },
    tasks: { predicted: 4, measured: 4, error: 0 },
    busy: { predicted: 36, measured: 40, error: -0.1 },
    // 0 + 9 + 18 + 27 against 0 + 10 + 20 + 30.
    waiting: { predicted: 54, measured: 60, error: -0.1 },
  });
});

test('where nothing was measured there is no error', () => {
  expect(scorecard(traceOf(9), traceOf(10, 0)).stages[0]!.busy).toEqual({
    ...{ predicted: 36, measured: 0, error: null },
  });
});
