import type { PipelineDocument } from '../../pipeline/types.ts';

/** A second is 2 ms here: a five-hundredth. */
const msPerSecond = 2;

const notes = `
A workflow asks ten pools how they are (10 s), searches (1.5 s), and does its own work (18.5 s): 30 s in all. That split is ours; the 30 s follow from what is published, 20 workflows a minute with ten in flight. Times are a five-hundredth here: 2 ms stand for a second.

**Look at** the throughput and the latency. *Little's law* ties them together: workflows in flight = throughput × latency. Ten in flight that take 30 s each make one every 3 s, which is 20 a minute.

**Turn** the limit in flight to 20, and it is 40 a minute: twice, not ten times. 200 a minute with 20 in flight would need workflows of 6 s, and their own work alone takes 18.5. With pools asked at once and searches found in a cache a workflow takes 20.2 s, so twenty of them are about 59 a minute.

Then let them **arrive** by themselves. In the variant *arrivals* 36 a minute come, nine tenths of what 20 in flight can take; the sweep goes from far below to above. Throughput follows the arrivals up to the capacity and no further; the latency stays flat for long, and then has no end.
`.trim();

const both = {
  '/stages/list/work/phases/0/wait': 1 * msPerSecond,
  // 60 % hits of 0.1 s, else 1.5 s: 0.66 s.
  '/stages/search/work/phases/0/wait': 0.66 * msPerSecond,
};
const twenty = { '/machine/inFlight': 20 };

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Workflows a minute',
  notes,
  source: { kind: 'count', count: 200 },
  stages: [
    {
      id: 'list',
      name: 'List pools',
      work: { kind: 'synthetic', phases: [{ wait: 10 * msPerSecond }] },
    },
    {
      id: 'search',
      name: 'Search',
      after: ['list'],
      work: { kind: 'synthetic', phases: [{ wait: 1.5 * msPerSecond }] },
    },
    {
      id: 'execute',
      name: 'Execute',
      after: ['search'],
      work: { kind: 'synthetic', phases: [{ wait: 18.5 * msPerSecond }] },
    },
  ],
  machine: { cores: 2, workers: 2, tasksPerWorker: 32, inFlight: 10 },
  variants: [
    { name: '20 in flight', set: twenty },
    { name: 'pools at once, searches cached', set: both },
    { name: 'all of it', set: { ...twenty, ...both } },
    {
      name: 'arrivals',
      // 36 a minute is 0.6 a second, and a second is 2 ms.
      set: { ...twenty, '/source/arrivals': { kind: 'poisson', rate: 300 } },
    },
  ],
  sweep: {
    '/machine/inFlight': [5, 10, 20, 40],
    '/source/arrivals': [50, 100, 150, 200, 300, 400].map((rate) => ({ kind: 'poisson', rate })),
  },
};
