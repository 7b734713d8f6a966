import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
A stage that needs 2 ms feeds one that needs 10 ms and takes one item at a time. Between them is a buffer for four.

**Look at** the buffer before *slow*: it is full after a moment, and from then on *fast* is **blocked** (hatched) most of the time. Nothing is lost, and no more than a handful of items is ever under way: that is back pressure.

**Turn** the capacity. At 64 the buffer never fills up and *fast* is done early, with all items in memory at once, but the last one leaves no sooner: 60 items at 10 ms are 600 ms. Only a second permit for *slow* helps.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Back pressure',
  notes,
  source: { kind: 'count', count: 60, bytes: 1000 },
  stages: [
    {
      id: 'fast',
      name: 'Fast',
      work: { kind: 'synthetic', phases: [{ cpu: 2 }], output: 1000 },
      permits: 1,
      buffer: { capacity: 1, whenFull: 'throttle' },
    },
    {
      id: 'slow',
      name: 'Slow',
      after: ['fast'],
      work: { kind: 'synthetic', phases: [{ cpu: 10 }], output: 1000 },
      permits: 1,
      buffer: { capacity: 4, whenFull: 'throttle' },
    },
  ],
  machine: { cores: 2, workers: 2 },
  variants: [
    { name: 'no buffer', set: { '/stages/slow/buffer/capacity': 0 } },
    { name: 'room for all', set: { '/stages/slow/buffer/capacity': 64 } },
    { name: 'two permits', set: { '/stages/slow/permits': 2 } },
  ],
  sweep: { '/stages/slow/buffer/capacity': [0, 1, 4, 16, 64], '/stages/slow/permits': [1, 2] },
};
