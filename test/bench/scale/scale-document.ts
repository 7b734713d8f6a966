import type { PipelineDocument } from '../../../src/pipeline/types.ts';
import { workers } from '../live/job.ts';

/**
 * Stages one after another that do nothing: all the time it takes is the machine's own. The first output of the first
 * stage tells what the clock of all threads says: what a run records counts from its own start.
 */
export function codeChain(items: number, stages: number): PipelineDocument {
  return {
    ...document(items),
    stages: Array.from({ length: stages }, (_, at) => ({
      id: `stage-${at}`,
      after: at === 0 ? [] : [`stage-${at - 1}`],
      work: {
        kind: 'code',
        source:
          at === 0
            ? 'export default ({ index }) => index === 0 ? performance.timeOrigin + performance.now() : index;'
            : 'export default (item) => item;',
      },
    })),
  };
}

/** The same for the simulated machine, with something to simulate. */
export function syntheticChain(items: number, stages: number): PipelineDocument {
  return {
    ...document(items),
    stages: Array.from({ length: stages }, (_, at) => ({
      id: `stage-${at}`,
      after: at === 0 ? [] : [`stage-${at - 1}`],
      work: { kind: 'synthetic', phases: [{ cpu: { exponential: 1 } }] },
    })),
  };
}

const document = (items: number): Omit<PipelineDocument, 'stages'> => ({
  ...{ format: 'millrace/1', source: { kind: 'count', count: items } },
  machine: { workers, cores: workers },
});
