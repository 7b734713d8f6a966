import type { Page } from 'playwright';
import { callHeadless } from '../../../src/cli/headless.ts';
import { documentText } from '../../../src/cli/read-document.ts';
import type { ExperimentState } from '../../../src/explore/experiment.ts';
import { withDefaults } from '../../../src/pipeline/defaults.ts';

/** Two stages on two workers, 24 items: about 150 ms of which none is spent waiting. */
const documentOf = (cpuMs: number): string =>
  documentText(
    withDefaults({
      ...{ format: 'millrace/1', source: { kind: 'count', count: 24 }, machine: { workers: 2 } },
      stages: [
        { id: 'a', work: { kind: 'synthetic', phases: [{ cpu: cpuMs / 2 }] } },
        { id: 'b', after: ['a'], work: { kind: 'synthetic', phases: [{ cpu: cpuMs / 2 }] } },
      ],
    }),
  );
const cpuMs = 12;

/** One experiment as the page conducts it; `ratio`: how many times as fast the second one's work is. */
export async function liveExperiment(
  page: Page,
  { seed, ratio, budgetMs }: { seed: number; ratio: number; budgetMs: number },
): Promise<ExperimentState> {
  const { state } = await callHeadless(page, 'compare', {
    contenders: [
      { name: 'one', document: documentOf(cpuMs) },
      { name: 'other', document: documentOf(cpuMs / ratio) },
    ],
    seed,
    budgetMs,
  });
  return state;
}
