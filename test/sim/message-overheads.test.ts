import { describe, expect, test } from 'vitest';
import { idealOverheads } from '../../src/engine/runner.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { cpuStage, document } from './run.ts';

/** Puts out `output` bytes an item, which costs nothing. */
const maker = (id: string, output: number, more: Partial<StageDocument> = {}): StageDocument => ({
  id,
  work: { kind: 'synthetic', phases: [], output },
  ...more,
});

/** How long every task of a stage took on the worker where each byte costs 0.01 ms, in the order of their ends. */
function tookMs(doc: PipelineDocument, stage: string): number[] {
  const { pipeline } = parseDocument(doc);
  const overheads = { ...idealOverheads, perByteMs: 0.01 };
  const { trace } = simulate(pipeline!, { cores: 8, overheads });
  const index = trace.meta.stages.findIndex(({ id }) => id === stage);
  const took: number[] = [];
  for (let row = 0; row < trace.tasks.count; row++) {
    if (trace.tasks.stage[row] !== index) continue;
    took.push(Math.round((trace.tasks.end[row]! - trace.tasks.start[row]!) * 1000) / 1000);
  }
  return took;
}

describe('what inputs weigh on their way to a worker', () => {
  test('a single item brings its own bytes', () => {
    const doc = document([maker('a', 100), cpuStage('b', 5, { after: ['a'] })]);
    expect(tookMs(doc, 'b')).toEqual([6, 6, 6, 6]);
  });

  test('a batch brings those of all its items', () => {
    const batch = { size: 4, linger: null };
    const doc = document([maker('a', 100), cpuStage('b', 5, { after: ['a'], batch })]);
    expect(tookMs(doc, 'b')).toEqual([5 + 4]);
  });

  test('a pair brings both halves', () => {
    const doc = document([
      maker('a', 100),
      maker('b', 300),
      cpuStage('c', 5, { after: ['a', 'b'], join: 'zip' }),
    ]);
    expect(tookMs(doc, 'c')).toEqual([9, 9, 9, 9]);
  });

  test('under "each" a copy brings the one output that it copies', () => {
    const doc = document(
      [maker('a', 100), maker('b', 300), cpuStage('c', 5, { after: ['a', 'b'], join: 'each' })],
      { source: { kind: 'count', count: 1 } },
    );
    expect(tookMs(doc, 'c').sort()).toEqual([6, 8]);
  });

  test('"all" brings everything that it took in', () => {
    const doc = document([maker('a', 100), cpuStage('b', 5, { after: ['a'], join: 'all' })]);
    expect(tookMs(doc, 'b')).toEqual([5 + 4]);
  });

  test('a step of a fold brings its item, the finish nothing', () => {
    const doc = document([maker('a', 100), cpuStage('b', 5, { after: ['a'], join: 'fold' })]);
    expect(tookMs(doc, 'b')).toEqual([6, 6, 6, 6, 0]);
  });
});

test.each([{ messageMs: 0.1 }, { turnMs: 0.1 }, { dispatchMs: 0.1 }])(
  'with %o a result is held from when the coordinator has it, which lets go of its input then',
  (costs) => {
    const doc = document(
      [maker('a', 1000), cpuStage('b', 1, { after: ['a'], buffer: { whenFull: 'grow' } })],
      { source: { kind: 'count', count: 40, arrivals: { kind: 'all' }, bytes: 1000 } },
    );
    doc.stages[0]!.buffer = { whenFull: 'grow' };
    const { pipeline } = parseDocument(doc);
    const { trace } = simulate(pipeline!, { cores: 8, overheads: { ...idealOverheads, ...costs } });
    expect(trace.meta.memoryPeak).toBe(40_000);
  },
);
