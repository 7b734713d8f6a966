import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
48 tests, each 5 ms of computing, on eight threads. The permits of *Test* say how many may run at once.

**Look at** the lanes with eight permits: the tests all take longer, because eight threads share the cores that are there. On two cores 240 ms of work take 120 ms, however many threads there are.

**Turn** the permits from 1 up: the time falls until there is one for each core, and stays there. Then make the tests wait in place of computing (*waiting tests*): now every thread counts, up to eight.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Tests on eight threads',
  notes,
  source: { kind: 'count', count: 48 },
  stages: [
    {
      id: 'test',
      name: 'Test',
      work: { kind: 'synthetic', phases: [{ cpu: 5 }] },
      permits: 8,
    },
  ],
  machine: { workers: 8 },
  variants: [
    { name: 'one at a time', set: { '/stages/test/permits': 1 } },
    { name: 'two at a time', set: { '/stages/test/permits': 2 } },
    { name: 'waiting tests', set: { '/stages/test/work/phases': [{ wait: 5 }] } },
    {
      name: 'waiting tests, one at a time',
      set: { '/stages/test/work/phases': [{ wait: 5 }], '/stages/test/permits': 1 },
    },
  ],
  sweep: { '/stages/test/permits': [1, 2, 4, 8], '/machine/cores': [1, 2, 4, 8] },
};
