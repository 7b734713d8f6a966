import type { PipelineDocument } from '../../pipeline/types.ts';
import analyse from '../stages/detectors/analyse.ts?raw';

const notes = `
Sixty files are looked through by eight detectors. A detector finds forty words in one pass, and making one is work: all its moves are worked out beforehand.

**Look at** *Analyse*: every task makes eight detectors, uses each once, and throws them away.

**Turn** the module *reuse* to \`'worker'\` (variant *a pool a worker*): each worker makes eight before the clock and keeps them. Objects made: 480, then 8 a worker. Of the *objects* of a file seven in eight are said to be saved (87.5 %); what is saved of the *time* is another figure, and depends on what is done with them. Give each file more text to see it shrink.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Make detectors once',
  notes,
  source: { kind: 'count', count: 60 },
  stages: [
    {
      id: 'analyse',
      name: 'Analyse',
      work: { kind: 'code', source: analyse },
      setup: { when: 'start' },
      permits: 16,
    },
  ],
  modules: { reuse: "export const reuse = 'file';\n" },
  machine: { workers: 'cores' },
  variants: [
    { name: 'a pool a worker', set: { '/modules/reuse': "export const reuse = 'worker';\n" } },
    { name: 'one worker', set: { '/machine/workers': 1 } },
    {
      name: 'one worker, a pool',
      set: { '/machine/workers': 1, '/modules/reuse': "export const reuse = 'worker';\n" },
    },
  ],
};
