import type { PipelineDocument } from '../../pipeline/types.ts';

const notes = `
The same project is generated four times, one after another: it fetches its dependencies (52 ms), then generates (72 ms). A hundredth of the published times, 12.4 s in all.

**Look at** *Fetch*: the first time it waits, the other three times the cache answers. 4 × 124 ms become 124 + 3 × 72 = 340 ms. Live, a hit is a look into this browser's IndexedDB, and the row *Hits* says how many there were.

**Turn** the cache of *Fetch* off, or let each build ask for other dependencies (its *key*): then nothing is saved, and the look-ups are lost time. The gain is that of all builds *but the first*.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Fetch once, build often',
  notes,
  source: { kind: 'count', count: 4 },
  stages: [
    {
      id: 'fetch',
      name: 'Fetch',
      work: { kind: 'synthetic', phases: [{ wait: 52 }], output: 50_000, key: { perItem: [0] } },
      cache: { version: '1' },
    },
    {
      id: 'generate',
      name: 'Generate',
      after: ['fetch'],
      work: { kind: 'synthetic', phases: [{ wait: 72 }], output: 1000 },
    },
  ],
  machine: { cores: 2, workers: 1, inFlight: 1 },
  variants: [
    { name: 'no cache', set: { '/stages/fetch/cache': null } },
    { name: 'other dependencies', set: { '/stages/fetch/work/key': { perItem: [0, 1, 2, 3] } } },
  ],
};
