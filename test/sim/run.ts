import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import type { RunReport } from '../../src/engine/runner.ts';
import { simulate } from '../../src/simulate/simulate.ts';

/** A synthetic stage whose tasks burn `ms` of CPU. */
export function cpuStage(id: string, ms: number, more: Partial<StageDocument> = {}): StageDocument {
  return { id, work: { kind: 'synthetic', phases: [{ cpu: ms }] }, ...more };
}

/** A synthetic stage whose tasks wait `ms`. */
export function waitStage(
  id: string,
  ms: number,
  more: Partial<StageDocument> = {},
): StageDocument {
  return { id, work: { kind: 'synthetic', phases: [{ wait: ms }] }, ...more };
}

export function document(
  stages: StageDocument[],
  more: Partial<PipelineDocument> = {},
): PipelineDocument {
  return { format: 'millrace/1', source: { kind: 'count', count: 4 }, stages, ...more };
}

/** Parses (throwing on problems) and simulates. */
export function simulateDocument(doc: PipelineDocument, cores = 8): RunReport {
  const { pipeline, problems } = parseDocument(doc);
  if (!pipeline) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return simulate(pipeline, { cores });
}
