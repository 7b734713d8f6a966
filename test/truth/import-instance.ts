import { parseDocument } from '../../src/pipeline/parse.ts';
import type { MachineSettings, Order, Pipeline } from '../../src/pipeline/types.ts';
import { importText, type ImportFormat } from '../../src/share/import/import-text.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { Trace } from '../../src/trace/types.ts';

export const orders: readonly Order[] = [
  'fifo',
  'lifo',
  'priority',
  'shortest',
  'critical-path',
  'downstream-first',
];

/** A published instance as the product reads it. Throws what it says when it cannot. */
export function importInstance(format: ImportFormat, text: string): Pipeline {
  const imported = importText(format, text, 'instance');
  if (!imported.ok) throw new Error(imported.error);
  const { pipeline, problems } = parseDocument(imported.value.document);
  if (!pipeline) throw new Error(problems.map(({ message }) => message).join('\n'));
  return pipeline;
}

/** The simulated schedule with some settings of the machine changed. */
export function scheduleOf(pipeline: Pipeline, machine: Partial<MachineSettings>): Trace {
  const changed = { ...pipeline, machine: { ...pipeline.machine, ...machine } };
  const { trace, error } = simulate(changed, { cores: 1 });
  if (error) throw new Error(error.message);
  return trace;
}
