import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
200 items come in within a second. *handle* can do 100 a second. Something has to give, and the buffer before it decides what.

- **throttle** makes the source wait. Nothing is lost, every item is late, and the buffer stays small.
- **drop-newest** turns away who finds it full: those who are let in wait no more than ten others' time.
- **drop-oldest** throws out who waited longest: what is handled is fresh.
- **grow** takes everyone in. Nothing is lost, and the memory is what it costs.

**Look at** the queue, the losses and the latency of each. **Turn** the arrival rate below 100 a second, and all four are the same.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Too much to do',
  notes,
  source: {
    kind: 'count',
    count: 200,
    bytes: 1000,
    arrivals: { kind: 'uniform', rate: 200 },
  },
  stages: [
    {
      id: 'receive',
      name: 'Receive',
      work: { kind: 'synthetic', phases: [{ cpu: 0.5 }], output: 1000 },
      permits: 1,
      buffer: { capacity: 1, whenFull: 'throttle' },
    },
    {
      id: 'handle',
      name: 'Handle',
      after: ['receive'],
      work: { kind: 'synthetic', phases: [{ cpu: 10 }], output: 100 },
      permits: 1,
      buffer: { capacity: 10, whenFull: 'throttle' },
    },
  ],
  machine: { cores: 2, workers: 2 },
  variants: [
    { name: 'drop the newest', set: { '/stages/handle/buffer/whenFull': 'drop-newest' } },
    { name: 'drop the oldest', set: { '/stages/handle/buffer/whenFull': 'drop-oldest' } },
    { name: 'grow', set: { '/stages/handle/buffer/whenFull': 'grow' } },
  ],
  sweep: { '/source/arrivals/rate': [50, 100, 200, 400] },
};
