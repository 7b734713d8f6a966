import type { PipelineDocument } from '../pipeline/types.ts';

/** What the page shows when there is no work to come back to: the gallery's first, without its list. */
export const firstDocument = async (): Promise<PipelineDocument> =>
  (await import('./gallery/simtask.ts')).document;
