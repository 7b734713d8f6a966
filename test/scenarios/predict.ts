import { expect } from 'vitest';
import type { RunReport } from '../../src/engine/runner.ts';
import { summarize, type RunSummary } from '../../src/measure/summary.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { withSettings } from './support.ts';

/** Settings of a variant by its name, or given as such. */
export type Varied = string | Record<string, unknown>;

async function pipelineOf(id: string, varied: Varied = {}) {
  const document = await gallery.find((entry) => entry.id === id)!.load();
  const set =
    typeof varied === 'string'
      ? document.variants!.find(({ name }) => name === varied)!.set
      : varied;
  return withDefaults(withSettings(document, set));
}

/** Predicts a gallery document as it stands or varied, on two cores. */
export async function predict(id: string, varied?: Varied): Promise<RunReport> {
  const report = simulate(await pipelineOf(id, varied), { cores: 2 });
  expect(report.error).toBeNull();
  const { emitted, delivered, failed, dropped, cancelled } = report.trace.meta.items;
  expect(delivered + failed + dropped + cancelled).toBe(emitted);
  expect(report.trace.meta.ended).toBe('done');
  return report;
}

/** ms. */
export async function makespan(id: string, varied?: Varied): Promise<number> {
  return (await predict(id, varied)).trace.meta.makespan;
}

export async function summaryOf(id: string, varied?: Varied): Promise<RunSummary> {
  return summarize((await predict(id, varied)).trace, await pipelineOf(id, varied));
}
