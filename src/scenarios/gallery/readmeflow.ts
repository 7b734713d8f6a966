import type { PipelineDocument } from '../../pipeline/types.ts';
import listExports from '../stages/readmeflow/exports.ts?raw';
import outline from '../stages/readmeflow/outline.ts?raw';
import read from '../stages/readmeflow/read.ts?raw';
import write from '../stages/readmeflow/write.ts?raw';

const notes = `
Writes a page for each package this workbench is built with.

1. **read** takes a package's metadata apart.
2. **exports** parses its entry point and lists what it exports, while **outline** reads its README.
3. **write** needs both, so it *zips* them: the two halves of one package meet again, however late one of them is.

**Look at** the queue before *write*: the half that comes first waits for its partner and takes no room in the buffer. *outline* is nearly free, so the time is that of *exports*. Its parser practises before the clock starts, on each worker: a browser compiles code that has run for a while.

**Turn** the permits of *exports* to 1: the pages then come out no faster than one package after another is parsed.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Write a page for each package',
  notes,
  source: { kind: 'corpus', corpus: 'packages' },
  stages: [
    { id: 'read', name: 'Read metadata', work: { kind: 'code', source: read } },
    {
      id: 'exports',
      name: 'List exports',
      after: ['read'],
      work: { kind: 'code', source: listExports },
      setup: { when: 'start' },
      cache: { version: '1' },
    },
    { id: 'outline', name: 'Outline', after: ['read'], work: { kind: 'code', source: outline } },
    {
      id: 'write',
      name: 'Write page',
      after: ['exports', 'outline'],
      join: 'zip',
      work: { kind: 'code', source: write },
    },
  ],
  variants: [{ name: 'one parser', set: { '/stages/exports/permits': 1 } }],
  sweep: { '/stages/exports/permits': [1, 2, 4] },
};
