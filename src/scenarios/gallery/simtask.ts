import type { PipelineDocument } from '../../pipeline/types.ts';
import cluster from '../stages/simtask/cluster.ts?raw';
import embed from '../stages/simtask/embed.ts?raw';
import extract from '../stages/simtask/extract.ts?raw';
import report from '../stages/simtask/report.ts?raw';
import scan from '../stages/simtask/scan.ts?raw';

const notes = `
Finds functions that are copies of each other, even when they were renamed.

1. **scan** lets source files through and names the package each belongs to.
2. **extract** parses a file with a real TypeScript parser and lists its functions, four files to a task. Its results are cached: a run that finds them parses nothing. *Measure it* and the speedup leave the cache out and parse everything.
3. **embed** turns each function into a vector of 256 numbers, eight files to a task.
4. **cluster** waits for all files, compares the functions whose signatures agree, and groups those with a cosine of 0.9 and more.
5. **report** puts first what is most worth merging.

**Look at** the schedule: *extract* and *embed* fill every worker, then *cluster* runs alone while the others have nothing to do. With two workers that serial end is a small share of the time; with every worker more it counts for more (Amdahl's law). What holds your own run back, often the cores that the workers share, stands under *Why*.

Both practise before the clock starts (their \`setup\`): a browser compiles code that has run for a while, on each worker anew. The variant *cold workers* counts that in, and two workers gain far less.

**Turn** the workers from 1 up, and the batch size of *embed*: one file a task costs messages, all files in one task leaves a worker idle.

Your own folder works as well: choose files as the source. They are read in this tab and sent nowhere.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Find duplicated functions',
  notes,
  source: { kind: 'corpus', corpus: 'sources' },
  stages: [
    { id: 'scan', name: 'Scan packages', work: { kind: 'code', source: scan } },
    {
      id: 'extract',
      name: 'Extract functions',
      after: ['scan'],
      work: { kind: 'code', source: extract },
      batch: { size: 4 },
      setup: { when: 'start' },
      cache: { version: '1' },
    },
    {
      id: 'embed',
      name: 'Embed',
      after: ['extract'],
      work: { kind: 'code', source: embed },
      setup: { when: 'start' },
      batch: { size: 8 },
    },
    {
      id: 'cluster',
      name: 'Cluster',
      after: ['embed'],
      join: 'all',
      work: { kind: 'code', source: cluster },
    },
    { id: 'report', name: 'Report', after: ['cluster'], work: { kind: 'code', source: report } },
  ],
  machine: { workers: 'cores' },
  variants: [
    {
      name: 'cold workers',
      set: { '/stages/extract/setup/when': 'worker', '/stages/embed/setup/when': 'worker' },
    },
    { name: 'one worker', set: { '/machine/workers': 1 } },
    { name: 'one file a task', set: { '/stages/embed/batch/size': 1 } },
    { name: '64 files a task', set: { '/stages/embed/batch/size': 64 } },
  ],
  sweep: { '/machine/workers': [1, 2, 4], '/stages/embed/batch/size': [1, 8, 64] },
};
