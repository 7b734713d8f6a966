import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
Two limits, one inside the other: at most 10 items may be in the pipeline, and at most 20 may be in *call*, which waits 50 ms for an answer.

**Look at** how many calls run at once: ten, never more. Items wait at the source for the outer limit, none waits for a permit. 200 items take 1.0 s.

**Turn** the inner limit to 10: nothing changes. Remove the outer one: now 20 run at once, and it takes half as long. The smaller limit wins, so taking away the larger one gains nothing.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'A limit inside a limit',
  notes,
  source: { kind: 'count', count: 200 },
  stages: [
    { id: 'prepare', name: 'Prepare', work: { kind: 'synthetic', phases: [{ cpu: 0.5 }] } },
    {
      id: 'call',
      name: 'Call',
      after: ['prepare'],
      work: { kind: 'synthetic', phases: [{ wait: 50 }] },
      permits: 20,
    },
  ],
  machine: { cores: 2, workers: 2, tasksPerWorker: 32, inFlight: 10 },
  variants: [
    { name: '10 inside 10', set: { '/stages/call/permits': 10 } },
    { name: 'only the inner one', set: { '/machine/inFlight': null } },
    { name: 'only the outer one', set: { '/stages/call/permits': null } },
  ],
  sweep: { '/machine/inFlight': [5, 10, 20, 40], '/stages/call/permits': [5, 10, 20, 40] },
};
