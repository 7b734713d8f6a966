import { hostileStages } from '../../fixtures/hostile-stages.ts';
import type { PipelineDocument, StageDocument } from '../../../src/pipeline/types.ts';

export interface Contender {
  name: string;
  document: PipelineDocument;
}

/** As many as attack at once, and as are busy in the document that means no harm. */
const workers = 2;
const busyItems = 120;
const busyMs = 30;

const documentOf = (
  name: string,
  count: number,
  work: StageDocument['work'],
): PipelineDocument => ({
  format: 'millrace/1',
  name,
  source: { kind: 'count', count },
  stages: [{ id: 'stage', name: 'Stage', work }],
  machine: { workers },
});

/** Keeps as many cores busy for about two seconds: what a run costs the page that attacks nobody. */
export const benign: Contender = {
  name: 'a busy document that means no harm',
  document: documentOf('Busy', busyItems, { kind: 'synthetic', phases: [{ cpu: busyMs }] }),
};

/** An attack on every worker at once. */
export const attacks: readonly Contender[] = hostileStages.map(({ name, source }) => ({
  name,
  document: documentOf(name, workers, { kind: 'code', source }),
}));
