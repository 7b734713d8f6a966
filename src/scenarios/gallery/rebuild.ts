import type { PipelineDocument } from '../../pipeline/types.ts';
import checkout from '../stages/rebuild/checkout.ts?raw';
import compile from '../stages/rebuild/compile.ts?raw';
import link from '../stages/rebuild/link.ts?raw';

const notes = `
A project of twelve modules is built three times, as after two small edits: in the second and in the third build one module is not what it was.

1. **checkout** gives the source of a module.
2. **compile** parses it with a real TypeScript parser, and works through each function in eight passes. Its results are cached: in this browser's IndexedDB, under a digest of what went in.
3. **link** waits for all of them.

**Look at** the hits of *compile*: 22 of the 36 modules are known already. A hit is no gift: the input must be hashed and the result read from storage.

**Turn** the cache of *compile* off: everything is parsed three times. Run it twice with the cache on: the second run finds all of it.

**Then** the variant *check only*: it is faster because it does less. It emits nothing, so the results differ, and a comparison of times says so.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Build again after an edit',
  notes,
  source: { kind: 'count', count: 36 },
  stages: [
    { id: 'checkout', name: 'Check out', work: { kind: 'code', source: checkout } },
    {
      id: 'compile',
      name: 'Compile',
      after: ['checkout'],
      work: { kind: 'code', source: compile },
      setup: { when: 'start' },
      cache: { version: '1' },
    },
    {
      id: 'link',
      name: 'Link',
      after: ['compile'],
      join: 'all',
      work: { kind: 'code', source: link },
    },
  ],
  modules: { mode: "export const mode = 'build';\n" },
  machine: { workers: 1 },
  variants: [
    { name: 'no cache', set: { '/stages/compile/cache': null } },
    { name: 'check only', set: { '/modules/mode': "export const mode = 'check';\n" } },
  ],
};
