import { toDocument } from '../../../pipeline/to-document.ts';
import type { Pipeline } from '../../../pipeline/types.ts';
import { defaultService } from '../../../pipeline/defaults.ts';
import { literal } from './literal.ts';
import type { PipelineSettings, StageEntry } from './project/settings.ts';

/** Every setting that the project knows. */
export function projectSettings(pipeline: Pipeline): PipelineSettings {
  const { seed, machine, limits, source } = pipeline;
  const { order } = machine;
  return {
    seed,
    threads: { count: machine.workers, tasksAtOnce: machine.tasksPerWorker, warm: machine.warm },
    order: order === 'priority' || order === 'downstream-first' ? order : 'fifo',
    inFlight: machine.inFlight,
    limits,
    service: source.kind === 'service' ? source.service : defaultService,
    stages: toDocument(pipeline).stages.map(({ name: _, work: _work, cache: _cache, ...rest }) => {
      return rest satisfies StageEntry;
    }),
  };
}

/** `pipeline.js`. */
export function pipelineFile(pipeline: Pipeline): string {
  return [
    '// The settings: change them and run again. Times are ms. `lib/settings.js` has the defaults.',
    `export const pipeline = ${literal(projectSettings(pipeline))};`,
    '',
  ].join('\n');
}
