import type { PipelineDocument } from '../../../../src/pipeline/types.ts';
import { arbitraryDocument } from '../../../sim/arbitrary-document.ts';

/**
 * What does not depend on the moment: nothing is dropped, timed out or stopped, no batch fails as a whole, and no time
 * is spent.
 */
export const timeless = arbitraryDocument.map((document): PipelineDocument => {
  const seen = document.stages.map((stage) => {
    const { timeout: _, onError: _o, cache: _c, ...rest } = stage;
    const work = rest.work as Extract<typeof rest.work, { kind: 'synthetic' }>;
    const isBatch = (rest.batch?.size ?? 1) > 1;
    return {
      ...rest,
      work: { ...work, phases: [], ...(isBatch ? { failure: 0 } : {}) },
      setup: { phases: [] },
      retry: { ...rest.retry, backoff: 0 },
      buffer: { ...rest.buffer, whenFull: 'throttle' as const },
    };
  });
  const { arrivals: _, ...source } = document.source ?? { kind: 'count' as const, count: 5 };
  const given =
    source.kind === 'count' || source.kind === 'values'
      ? source
      : { kind: 'count' as const, count: 7 };
  const { memory: _m, ...machine } = document.machine ?? {};
  return { ...document, source: given, stages: seen, machine } as PipelineDocument;
});
