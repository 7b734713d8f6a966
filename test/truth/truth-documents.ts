import type { Phase, PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { document } from '../sim/run.ts';

/** `count` items at `ratePerMs`, as a Poisson process. */
export const poisson = (count: number, ratePerMs: number): Pick<PipelineDocument, 'source'> => ({
  source: { kind: 'count', count, arrivals: { kind: 'poisson', rate: ratePerMs * 1000 } },
});

/** A stage that does these phases for each item. */
export const stage = (
  id: string,
  phases: Phase[],
  more: Partial<StageDocument> = {},
): StageDocument => ({ id, work: { kind: 'synthetic', phases }, ...more });

/** A stage of `c` exponential servers of rate `mu` each. */
export const exponentialStage = (
  id: string,
  mu: number,
  more: Partial<StageDocument> = {},
): StageDocument => stage(id, [{ cpu: { exponential: 1 / mu } }], more);

/** One station: `c` workers, each with a core of its own. */
export const station = (
  seed: number,
  source: Pick<PipelineDocument, 'source'>,
  only: StageDocument,
  c: number,
  machine: PipelineDocument['machine'] = {},
): PipelineDocument =>
  document([only], { seed, ...source, machine: { workers: c, cores: c, ...machine } });

/** Stages one after another, each with permits of its own and workers enough for all. */
export function row(
  seed: number,
  source: Pick<PipelineDocument, 'source'>,
  stages: readonly StageDocument[],
  machine: PipelineDocument['machine'] = {},
): PipelineDocument {
  const workers = stages.reduce((sum, { permits }) => sum + (permits ?? 1), 0);
  const chained = stages.map((one, i) => ({ ...one, after: i === 0 ? [] : [stages[i - 1]!.id] }));
  return document(chained, { seed, ...source, machine: { workers, cores: workers, ...machine } });
}
