import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
Eight analyses end one after the other, between minute 6 and minute 10 (10 ms stand for a minute). Putting a result into the report takes 0.8 min.

**Look at** *Consolidate*, which waits for all: from minute 10 on it puts eight results together while eight machines have nothing to do, until minute 16.4.

**Turn** it into a *fold* (variant *as they come*): it begins with the first result and ends at 12.6. What is left is not the last result alone: from minute 7 on results come faster than they are put together.

Whoever looks for results only every half minute (*Collect* with a *linger* of 5 ms) hands over later: up to half a minute at the end. With every four minutes most of the gain is gone.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Consolidate as results come',
  notes,
  source: { kind: 'count', count: 8 },
  stages: [
    {
      id: 'analyse',
      name: 'Analyse',
      work: {
        kind: 'synthetic',
        phases: [{ wait: { perItem: [60, 70, 75, 80, 85, 90, 95, 100] } }],
      },
    },
    {
      id: 'collect',
      name: 'Collect',
      after: ['analyse'],
      work: { kind: 'synthetic', phases: [] },
      batch: { size: 8, linger: 0 },
    },
    {
      id: 'consolidate',
      name: 'Consolidate',
      after: ['collect'],
      join: 'all',
      work: { kind: 'synthetic', phases: [{ wait: 64 }], output: 100 },
    },
  ],
  machine: { cores: 2, workers: 10 },
  variants: [
    { name: 'as they come', set: asTheyCome(0) },
    { name: 'every half minute', set: asTheyCome(5) },
    { name: 'every four minutes', set: asTheyCome(40) },
  ],
};

function asTheyCome(lingerMs: number): Record<string, unknown> {
  return {
    '/stages/collect/batch/linger': lingerMs,
    '/stages/consolidate/join': 'fold',
    '/stages/consolidate/work/phases/0/wait': 8,
  };
}
