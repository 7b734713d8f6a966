import type { PipelineDocument } from '../../../pipeline/types.ts';

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Lesson: what a cache remembers',
  notes:
    'Hits, time to live, and size: the steps are in the Lesson tab.\n\n**Look at** the hits in the Cache tab. **Turn** the time to live and the size.',
  seed: 2,
  source: { kind: 'count', count: 150, arrivals: { kind: 'uniform', rate: 150 } },
  stages: [
    {
      id: 'search',
      name: 'Search',
      work: {
        kind: 'synthetic',
        phases: [{ wait: 20 }],
        key: { zipf: { keys: 40, exponent: 1 } },
        output: 1000,
      },
      cache: { ttl: null },
    },
  ],
  machine: { workers: 2, tasksPerWorker: 8 },
  cache: { compress: false },
  lesson: [
    {
      title: 'Everything is kept',
      text: '150 searches come within a second, for 40 different words; a few words are asked for most of the time. A *cache* keeps every answer. A search that finds its answer there is a *hit*.',
      ask: 'What share of the searches are hits?',
      answers: ['about 10 %', 'about 40 %', 'above 70 %'],
      grade: {
        quantity: 'stages/search/cacheHits ÷ stages/search/received',
        limits: [0.25, 0.6],
      },
      why: 'Each word can miss only once, when it is first asked for: at most 40 misses in 150 searches. What is asked for often decides, not how many words there are.',
      show: 'cache',
    },
    {
      title: 'For 50 milliseconds',
      text: 'Answers grow old. Now each is kept for 50 ms only: its *time to live*.',
      set: { '/stages/search/cache/ttl': 50 },
      ask: 'What share are hits now?',
      answers: ['below 5 %', 'about 35 %', 'as many as before'],
      grade: {
        quantity: 'stages/search/cacheHits ÷ stages/search/received',
        limits: [0.12, 0.58],
        machine: 'simulated',
      },
      why: 'In 50 ms come seven or eight searches: only the words asked for most come again before their answer is gone.',
      show: 'cache',
    },
    {
      title: 'Room for five',
      text: 'Answers live for ever again, but there is room for only five of them. When it is full, the one that was not asked for longest goes (*LRU*).',
      set: { '/cache/maxSize': 5500 },
      ask: 'An eighth of the words fit. What share are hits?',
      answers: ['an eighth', 'about a third', 'as many as with room for all'],
      grade: {
        quantity: 'stages/search/cacheHits ÷ stages/search/received',
        limits: [0.2, 0.55],
        machine: 'simulated',
      },
      why: 'More than an eighth: those that stay are the ones asked for often. That is why small caches are worth having.',
      show: 'cache',
    },
    {
      title: 'Is it faster?',
      text: 'Everything is kept again. A miss takes 20 ms, a hit nearly nothing.',
      ask: 'How long is the mean search, against 20 ms without a cache?',
      answers: ['below 10 ms', 'about 15 ms', '20 ms'],
      grade: { quantity: 'latency/mean', limits: [11, 18], machine: 'simulated' },
      why: 'The share of misses × 20 ms. The slowest searches are as slow as ever: a cache mends the mean, not the worst case.',
      show: 'prediction',
    },
  ],
};
