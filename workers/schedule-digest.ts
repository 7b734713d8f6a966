import type { Pipeline } from '../src/pipeline/types.ts';
import type { SimulateOptions } from '../src/simulate/simulate.ts';
import type { SimulatorApi } from './simulator.ts';
import SimulatorWorker from './simulator.ts?worker';
import { Thread } from './thread.ts';

/**
 * Of the schedule on an ideal machine; null: it cannot be predicted. It is asked for rarely, so its thread ends with it.
 * @param signal ends the thread at once; rejects then
 */
export async function scheduleDigest(
  pipeline: Pipeline,
  options: SimulateOptions,
  signal?: AbortSignal,
): Promise<string | null> {
  signal?.throwIfAborted();
  const thread = new Thread<SimulatorApi>(
    () => new SimulatorWorker({ name: 'schedule digest' }),
    'The simulator',
  );
  const stopped = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    const digest = thread.call((remote) => remote.digest(pipeline, options));
    return await Promise.race([digest, stopped]);
  } finally {
    thread.end();
  }
}
