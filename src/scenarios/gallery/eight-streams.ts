import type { PipelineDocument, StageDocument } from '../../pipeline/types.ts';
import { scaled, streams } from '../claims/quality-gates/figures.ts';

const notes = `
Eight streams analyse one change, the urgent ones first (*order: priority*), then a report of 3 min. The durations are **declared**: 10 ms stand for a minute. There are eight machines.

**Look at** the lanes: 15 + 3 = 18 min, and most machines have nothing to do for half of it. They are in use 57 % of the time: with one stream each, the longest decides, and the others wait for it.

**Turn** the order to *fifo*: nothing changes. With a machine for each stream nobody queues, so a priority has nothing to decide. Then take four machines: now *security* begins at once, where first come, first served makes it wait for 8 min. And they are in use 82 % of the time, for 7 min more.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Eight streams and a priority',
  notes,
  source: { kind: 'count', count: 1 },
  stages: [
    ...streams.map(({ id, minutes, priority }): StageDocument => {
      return {
        id,
        work: { kind: 'synthetic', phases: [{ wait: scaled(minutes) }] },
        priority,
      };
    }),
    {
      id: 'report',
      after: streams.map(({ id }) => id),
      join: 'zip',
      work: { kind: 'synthetic', phases: [{ wait: scaled(3) }] },
    },
  ],
  machine: { cores: 2, workers: 8, order: 'priority' },
  variants: [
    { name: 'first come, first served', set: { '/machine/order': 'fifo' } },
    { name: 'four machines', set: { '/machine/workers': 4 } },
    {
      name: 'four machines, first come, first served',
      set: { '/machine/workers': 4, '/machine/order': 'fifo' },
    },
  ],
  sweep: { '/machine/workers': [1, 2, 3, 4, 5, 6, 8, 12] },
};
