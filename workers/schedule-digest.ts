import type { Pipeline } from '../src/pipeline/types.ts';
import type { SimulateOptions } from '../src/simulate/simulate.ts';
import type { SimulatorApi } from './simulator.ts';
import SimulatorWorker from './simulator.ts?worker';
import { Thread } from './thread.ts';

/** Of the schedule on an ideal machine; null: it cannot be predicted. It is asked for rarely, so its thread ends with it. */
export async function scheduleDigest(
  pipeline: Pipeline,
  options: SimulateOptions,
): Promise<string | null> {
  const thread = new Thread<SimulatorApi>(
    () => new SimulatorWorker({ name: 'schedule digest' }),
    'The simulator',
  );
  try {
    return await thread.call((remote) => remote.digest(pipeline, options));
  } finally {
    thread.end();
  }
}
