import type { PipelineDocument } from '../../pipeline/types.ts';
import analyse from '../stages/lazy-set-up/analyse.ts?raw';

const notes = `
Eight streams, each a process of its own: it loads four modules (really parses them), and then needs one of them.

**Look at** *Analyse*: nearly all of its time is loading, and three quarters of that is for nothing.

**Turn** the module *loading* to \`'lazy'\` (variant *when needed*): a module is loaded when it is first asked for. The results are the same, with a quarter of the parsing. Then think of a process that stays and takes one stream after another: after a few of them it has loaded all four modules either way. Lazy loading helps who starts often and needs little.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Load what is needed',
  notes,
  source: { kind: 'count', count: 8 },
  stages: [
    {
      id: 'analyse',
      name: 'Analyse',
      work: { kind: 'code', source: analyse },
    },
  ],
  modules: { loading: "export const loading = 'eager';\n" },
  machine: { workers: 1 },
  variants: [
    { name: 'when needed', set: { '/modules/loading': "export const loading = 'lazy';\n" } },
    { name: 'two workers', set: { '/machine/workers': 2 } },
  ],
};
