import type { RunRequest } from '../engine/runner.ts';
import type { Pipeline } from '../pipeline/types.ts';
import type { Contender } from './experiment.ts';

const sequentialMachine = { workers: 1, tasksPerWorker: 1, warm: 'all' } as const;

/** The sequential baseline as a setting of any document. */
export const sequentialSet: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(sequentialMachine).map(([field, value]) => [`/machine/${field}`, value]),
);

/**
 * The sequential baseline: the same document on one worker with one task open at a time, started before
 * the clock. Run it with the cache off, and whatever is compared with it too.
 */
export function sequentialPipeline(pipeline: Pipeline): Pipeline {
  return {
    ...pipeline,
    machine: { ...pipeline.machine, ...sequentialMachine },
  };
}

/**
 * The two contenders of "speedup over sequential": the baseline first. Neither uses the cache, or the
 * second run would be measured against the first one's answers.
 */
export function speedupContenders(request: RunRequest): [Contender, Contender] {
  return [
    {
      name: 'sequential',
      request: { ...request, pipeline: sequentialPipeline(request.pipeline), cache: 'off' },
    },
    { name: request.pipeline.name || 'this document', request: { ...request, cache: 'off' } },
  ];
}
