import { formatPointer } from '../base/json-pointer.ts';
import { withDefaults } from '../pipeline/defaults.ts';
import type { PipelineDocument, Stage } from '../pipeline/types.ts';
import type { Replay } from './replay-document.ts';

export type KnobKind =
  'permits' | 'batch' | 'buffer' | 'limit' | 'workers' | 'tasksPerWorker' | 'inFlight';

/** A bound that a replay may set otherwise. */
export interface Knob {
  kind: KnobKind;
  /** Stage id, or the name of a limit; absent: of the machine. */
  of?: string;
  pointer: string;
  from: number;
  /** What is below it, the replay cannot tell. */
  least: number;
}

/** One setting moved by one. */
export interface KnobStep extends Omit<Knob, 'least'> {
  to: number;
}

/** Every bound a document sets, one more and one less; what it leaves open has no neighbour. */
export const knobSteps = (document: PipelineDocument, replay: Replay): KnobStep[] =>
  knobsOf(document, replay).flatMap(({ least, ...knob }) =>
    [knob.from + 1, knob.from - 1].filter((to) => to >= least).map((to) => ({ ...knob, to })),
  );

/** Every bound that a document sets and a replay of it can set otherwise. */
export function knobsOf(document: PipelineDocument, replay: Replay): Knob[] {
  const { stages, limits, machine } = withDefaults(document);
  const { workers } = withDefaults(replay.document).machine;
  const { tasksPerWorker, inFlight } = machine;
  const workersNow = workers === 'cores' ? replay.cores : workers;
  const knobs: Knob[] = [
    { kind: 'workers', pointer: '/machine/workers', from: workersNow, least: 1 },
    {
      ...{ kind: 'tasksPerWorker', pointer: '/machine/tasksPerWorker' },
      ...{ from: tasksPerWorker, least: 1 },
    },
  ];
  if (inFlight !== null)
    knobs.push({ kind: 'inFlight', pointer: '/machine/inFlight', from: inFlight, least: 1 });
  for (const stage of stages) {
    const { id, permits, batch, buffer } = stage;
    const add = (kind: KnobKind, path: string[], from: number, least: number): void => {
      knobs.push({ kind, of: id, pointer: formatPointer(['stages', id, ...path]), from, least });
    };
    if (permits !== null && stage.join !== 'fold') add('permits', ['permits'], permits, 1);
    const batchMin = leastBatch(stage, replay);
    if (batchMin !== null) add('batch', ['batch', 'size'], batch.size, batchMin);
    if (buffer.capacity !== null && stage.join !== 'all')
      add('buffer', ['buffer', 'capacity'], buffer.capacity, 0);
  }
  for (const [name, capacity] of Object.entries(limits)) {
    const weight = Math.max(0, ...stages.map(({ uses }) => uses[name] ?? 0));
    const pointer = formatPointer(['limits', name]);
    if (weight > 0) knobs.push({ kind: 'limit', of: name, pointer, from: capacity, least: weight });
  }
  return knobs;
}

/** The smallest batch that asks the same of a stage; null: what another size costs is not known. */
function leastBatch({ id, join, work, batch }: Stage, { fixedBatches }: Replay): number | null {
  if (join === 'all' || join === 'fold' || fixedBatches.has(id)) return null;
  if (work.kind === 'synthetic') {
    // Taken one by one, with no cost an item: what a second one in a call would cost nobody has said.
    return batch.size > 1 || work.phases.some(({ per }) => per === 'item') ? 1 : null;
  }
  // Code is given an item, or an array of them: from one to the other it would need other code.
  return batch.size > 1 ? 2 : null;
}
