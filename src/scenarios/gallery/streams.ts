import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
Sixty analyses of 20 ms, five at a time: each *uses* a stream, and there are five.

**Look at** the limit: it is taken all the time, so twelve rounds of 20 ms are 240 ms.

**Turn** the limit *stream* to 8, then to 12. 12 ÷ 5 is 2.4 times the machines, and 2.4 times as much gets done: a machine does no more than before. That is more capacity, not better use of it. From 8 on there is waste as well: the last of eight rounds is half empty.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'More streams',
  notes,
  source: { kind: 'count', count: 60 },
  stages: [
    {
      id: 'analyse',
      name: 'Analyse',
      work: { kind: 'synthetic', phases: [{ wait: 20 }] },
      uses: { stream: 1 },
    },
  ],
  limits: { stream: 5 },
  machine: { cores: 2, workers: 2, tasksPerWorker: 12 },
  variants: [
    { name: 'eight streams', set: { '/limits/stream': 8 } },
    { name: 'twelve streams', set: { '/limits/stream': 12 } },
  ],
  sweep: { '/limits/stream': [1, 2, 3, 5, 8, 12, 16, 24] },
};
