import type { Pipeline } from '../../pipeline/types.ts';
import type { ClaimedResult } from '../../share/link/link-content.ts';
import type { App } from '../state/app.svelte.ts';

/**
 * The digest of the schedule that is predicted on an ideal machine: the same wherever it is worked out.
 * @param cores of that machine, where the document does not say it
 * @param signal nobody waits for it any longer: it rejects
 * @returns null: it cannot be predicted, or hangs on the reader's own files; rejects where the simulator cannot be loaded
 */
export async function predictedSchedule(
  app: App,
  pipeline: Pipeline,
  cores = pipeline.machine.cores ?? app.services.environment.cores,
  signal?: AbortSignal,
): Promise<ClaimedResult['schedule']> {
  if (pipeline.source.kind === 'files') return null;
  const sourceItems = app.sourceItems(pipeline);
  const options = { cores, ...(sourceItems !== null && { sourceItems }) };
  const digest = await app.services.scheduleDigest(pipeline, options, signal);
  return digest === null ? null : { digest, cores };
}
