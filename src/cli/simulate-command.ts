import { summarize } from '../measure/summary.ts';
import { ceilings } from '../pipeline/ceilings.ts';
import { traceDigest } from '../trace/digest.ts';
import { wholeNumber } from './arguments.ts';
import type { Command } from './command.ts';
import { coresOf, predicted } from './predicted.ts';
import { readPipeline, setOption } from './read-document.ts';
import { summaryTable } from './summary-table.ts';

export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'Predicts a run in virtual time, without overheads, and prints what it found.',
  words: ['DOC'],
  options: {
    '--cores': { value: 'N' },
    '--set': setOption,
    '--json': { value: null },
  },
  async run(given, terminal) {
    const pipeline = await readPipeline(given, terminal);
    const cores = wholeNumber(given, '--cores', 1, coresOf(pipeline), ceilings.cores);
    const trace = predicted(pipeline, cores);
    const summary = summarize(trace, pipeline, { schedule: traceDigest(trace) });
    const json = given.options['--json'] !== undefined;
    terminal.out(json ? `${JSON.stringify(summary)}\n` : summaryTable(summary));
    if (trace.meta.note !== '') terminal.err(`${trace.meta.note}\n`);
    return 0;
  },
};
