import type { RunRequest } from '../engine/runner.ts';
import type { Pipeline } from '../pipeline/types.ts';
import type { Contender } from './experiment.ts';

/**
 * The sequential baseline: the same document on one worker with one task open at a time, started before
 * the clock. Run it with the cache off, and whatever is compared with it too.
 */
export function sequentialPipeline(pipeline: Pipeline): Pipeline {
  return {
    ...pipeline,
    machine: { ...pipeline.machine, workers: 1, tasksPerWorker: 1, warm: 'all' },
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
