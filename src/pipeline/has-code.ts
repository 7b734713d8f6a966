import type { PipelineDocument } from './types.ts';

/** Whether running it runs code that somebody wrote; the rest only waits, burns CPU and moves plain data. */
export const hasCode = ({ source, stages }: Pick<PipelineDocument, 'source' | 'stages'>): boolean =>
  source?.kind === 'code' || stages.some(({ work }) => work.kind === 'code');
