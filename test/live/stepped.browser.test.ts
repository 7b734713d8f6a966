import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { brokenLaws } from '../sim/checkers.ts';
import { startsByInstant } from '../sim/scheduler-log.ts';
import { steppedDocument } from '../sim/stepped-document.ts';
import { runStepped, simulateLogged } from './stepped.ts';

/** VITE_MILLRACE_SEED and VITE_MILLRACE_RUNS replay or lengthen it. */
const env = import.meta.env as Record<string, string | undefined>;
const seed = Number(env['VITE_MILLRACE_SEED'] ?? Date.now() % 1_000_000_000);
const numRuns = Number(env['VITE_MILLRACE_RUNS'] ?? 100);

const isValid = (document: PipelineDocument): boolean => parseDocument(document).pipeline !== null;

async function sameOnBoth(document: PipelineDocument): Promise<void> {
  const pipeline = parseDocument(document).pipeline!;
  const simulated = simulateLogged(pipeline);
  const live = await runStepped(pipeline, simulated.log);
  expect(live.log.map(({ text }) => text)).toEqual(simulated.log.map(({ text }) => text));
  expect(startsByInstant(live.trace)).toEqual(startsByInstant(simulated.trace));
  expect(live.trace.meta.ended).toBe(simulated.trace.meta.ended);
  expect(live.trace.meta.items).toEqual(simulated.trace.meta.items);
  expect(live.trace.meta.results).toEqual(simulated.trace.meta.results);
  expect(brokenLaws(document, live.trace)).toEqual([]);
}

describe('real workers, stepped, start what the simulated machine starts, in the same order', () => {
  test(
    `random documents and random ends, seed ${seed}`,
    () =>
      fc.assert(fc.asyncProperty(steppedDocument.filter(isValid), sameOnBoth), { seed, numRuns }),
    300_000,
  );
});
