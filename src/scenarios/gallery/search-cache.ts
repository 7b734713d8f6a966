import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
Searches go to a service that takes one to two seconds. What people search for repeats itself: a few queries are asked again and again, most only once (*Zipf's law*). An answer is kept for five minutes. Times are a hundredth here: 10 ms stand for a second, and 3 s for five minutes. What a hit costs is this browser's own: about a millisecond, which stands for a tenth of a second.

**Look at** the hits and the mean latency. Six of ten searches find their answer kept: so many calls are saved. The mean latency falls by less, for a hit takes time as well, and who asks for an answer that is still under way has to wait for it.

**Turn** the cache off, and each search takes its one to two seconds. Make every query as likely as any other (the variant sets the exponent of *search*'s key to 0), and hits get rare. Keep answers for 5 ms only, half a second, and what is left are those who ask while others wait already.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Searches that were made before',
  notes,
  seed: 1,
  source: { kind: 'count', count: 200, arrivals: { kind: 'poisson', rate: 200 } },
  stages: [
    {
      id: 'search',
      name: 'Search',
      work: {
        kind: 'synthetic',
        phases: [{ wait: { uniform: [10, 20] } }],
        output: 2000,
        key: { zipf: { keys: 200, exponent: 1 } },
      },
      cache: { ttl: 3000 },
    },
  ],
  machine: { cores: 2, workers: 1, tasksPerWorker: 128 },
  variants: [
    { name: 'no cache', set: { '/stages/search/cache': null } },
    { name: 'kept for half a second', set: { '/stages/search/cache/ttl': 5 } },
    { name: 'every query as likely', set: { '/stages/search/work/key/zipf/exponent': 0 } },
  ],
  sweep: {
    '/stages/search/work/key/zipf/exponent': [0, 0.5, 1, 1.5],
    '/source/count': [50, 100, 200],
  },
};
