import { expect, test } from 'vitest';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { cpuStage, document, simulateDocument } from './run.ts';

/** Which items end at `b` is only known when it runs. */
const zipped = (more: Partial<StageDocument['work']>): PipelineDocument =>
  document(
    [
      cpuStage('a', 1),
      {
        id: 'b',
        work: { kind: 'synthetic', phases: [{ cpu: 2 }], ...more } as StageDocument['work'],
      },
      cpuStage('z', 1, { after: ['a', 'b'] }),
    ],
    { machine: { workers: 2 }, source: { kind: 'count', count: 3 } },
  );

test('a zip that never had a pair ends, and says which branch let it down', () => {
  for (const barren of [{ expand: { uniform: [0, 1e-12] as [number, number] } }, { failure: 1 }]) {
    const { trace, notices } = simulateDocument(zipped(barren));
    expect(trace.meta).toMatchObject({ ended: 'done' });
    expect(trace.meta.stages[2]).toMatchObject({ received: 3, dropped: 3, tasks: 0 });
    expect(notices).toEqual([
      'Stage z zips items with those of b, out of which none of them came: all 3 halves were let go.',
    ]);
  }
});

test('one pair is enough to say nothing', () => {
  expect(simulateDocument(zipped({ expand: { perItem: [0, 1] } })).notices).toEqual([]);
  expect(simulateDocument(zipped({})).notices).toEqual([]);
});

test('routing makes no difference to who waits in vain', () => {
  const doc = zipped({ expand: { uniform: [0, 1e-12] as [number, number] } });
  for (const routing of ['round-robin', 'affinity'] as const) {
    const routed = { ...doc, machine: { ...doc.machine, routing } };
    expect(simulateDocument(routed).notices).toHaveLength(1);
  }
});
