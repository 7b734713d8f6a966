import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
Every item goes down two branches at once: *short* waits 10 ms for an answer, *long* 40 ms, each one item at a time. *join* needs both answers of the same item.

**Look at** the queue before *join*: halves from *short* pile up there, waiting for their partners from *long*.

**Turn** the durations. Making *short* twice as fast changes nothing. Making *long* twice as fast halves the time. The third variant gives *long* four permits: then both branches keep up with each other.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Fork and join',
  notes,
  source: { kind: 'count', count: 24 },
  stages: [
    { id: 'split', name: 'Split', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
    {
      id: 'short',
      name: 'Short branch',
      after: ['split'],
      work: { kind: 'synthetic', phases: [{ wait: 10 }] },
      permits: 1,
    },
    {
      id: 'long',
      name: 'Long branch',
      after: ['split'],
      work: { kind: 'synthetic', phases: [{ wait: 40 }] },
      permits: 1,
    },
    {
      id: 'join',
      name: 'Join',
      after: ['short', 'long'],
      join: 'zip',
      work: { kind: 'synthetic', phases: [{ cpu: 1 }] },
    },
  ],
  machine: { cores: 2, workers: 2, tasksPerWorker: 4 },
  variants: [
    { name: 'short twice as fast', set: { '/stages/short/work/phases/0/wait': 5 } },
    { name: 'long twice as fast', set: { '/stages/long/work/phases/0/wait': 20 } },
    { name: 'four permits for long', set: { '/stages/long/permits': 4 } },
  ],
  sweep: { '/stages/long/permits': [1, 2, 4, 8] },
};
