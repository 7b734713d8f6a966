import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';

/** Small documents that the tests open as files. */

export const codeStage = (id: string, source: string, more: object = {}): StageDocument => ({
  id,
  name: id.charAt(0).toUpperCase() + id.slice(1),
  work: { kind: 'code', source },
  ...more,
});

/** Items {index: 0 …} through one stage of code. */
export const oneStage = (source: string, count = 10): PipelineDocument => ({
  format: 'millrace/1',
  name: 'One stage',
  source: { kind: 'count', count },
  stages: [codeStage('double', source)],
  machine: { workers: 2 },
});
