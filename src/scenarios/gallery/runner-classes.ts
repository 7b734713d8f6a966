import type { PipelineDocument, StageDocument } from '../../pipeline/types.ts';
import { analyses, onePool, scaled } from '../claims/quality-gates/figures.ts';

const notes = `
Six analyses of one change, and three classes of machines: two standard ones, one with four cores, one with eight. Each analysis asks for a class. Classes are *shared limits* of the document, the durations are **declared**: 10 ms stand for a minute. How many machines there are of each class is ours.

**Look at** the machine with four cores: connascence and architecture want it both, 25 + 20 = 45 min. Meanwhile the one with eight is free from minute 30 on, and both standard ones are from minute 25.

**Turn** *any machine will do*: the same four machines in one pool take 30 min, which is the longest analysis. That is a third less without a machine more. If all of them must have eight cores for that, it is not the same four machines.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Wait for the right machine',
  notes,
  source: { kind: 'count', count: 1 },
  stages: analyses.map(({ id, minutes, runner }): StageDocument => {
    return {
      id,
      work: { kind: 'synthetic', phases: [{ wait: scaled(minutes) }] },
      uses: { [runner]: 1 },
    };
  }),
  limits: { standard: 2, 'four-core': 1, 'eight-core': 1 },
  machine: { cores: 2, workers: 6 },
  variants: [
    {
      name: 'any machine will do',
      set: onePool,
    },
    { name: 'one more with four cores', set: { '/limits/four-core': 2 } },
  ],
  sweep: { '/limits/standard': [1, 2, 3], '/limits/four-core': [1, 2] },
};
