import type { PipelineDocument } from '../../pipeline/types.ts';
import fetchIssue from '../stages/sonarflow/fetch.ts?raw';
import plan from '../stages/sonarflow/plan.ts?raw';

const notes = `
Fetches the issues that a service knows of, and plans in which order to mend them. The service is local and seeded, but answers as one on the network does: in pages, after a while, so many calls a second, and sometimes with an error.

1. The **source** pages through the list: each page tells where the next one is, so they come one after another.
2. **fetch** asks for each issue. What fails is tried again.
3. **plan** waits for all issues and groups them by severity.

**Look at** *Fetch*: its tasks do nothing but wait, so eight of them at once take little longer than one.

**Turn** how many tasks a worker holds open. One: a call after the other. More than 8: it gets faster, until the service's *rate* holds everything back, and refuses calls that would wait for more than a second. The pages themselves still come one by one.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Fetch issues from a service',
  notes,
  source: {
    kind: 'service',
    service: { items: 60, pageSize: 10, latency: { uniform: [10, 20] }, rate: 400, failure: 0.02 },
  },
  stages: [
    {
      id: 'fetch',
      name: 'Fetch',
      work: { kind: 'code', source: fetchIssue },
      retry: { attempts: 5, backoff: 5 },
    },
    {
      id: 'plan',
      name: 'Plan',
      after: ['fetch'],
      join: 'all',
      work: { kind: 'code', source: plan },
    },
  ],
  machine: { workers: 2, tasksPerWorker: 4 },
  variants: [
    { name: 'one call at a time', set: { '/machine/workers': 1, '/machine/tasksPerWorker': 1 } },
    { name: '32 calls at once', set: { '/machine/tasksPerWorker': 16 } },
    { name: 'a hundred calls a second', set: { '/source/service/rate': 100 } },
  ],
  sweep: { '/machine/tasksPerWorker': [1, 2, 4, 8, 16] },
};
