import type { PipelineDocument, StageDocument } from '../../pipeline/types.ts';
import { gates, msPerMinute, scaled } from '../claims/quality-gates/figures.ts';

const notes = `
Five gates check one change, each on a machine of its own, and a last stage puts their reports together. The durations are **declared**: 10 ms stand for a minute. Each gate sets its machine up (2.5 min), then checks for up to 10 min; its limit is three times that. Putting together takes 6.5 min.

**Look at** the set-ups: they lie side by side, so five of them take as long as one. 2.5 + 10 + 6.5 = 19 min, and not the published 25–35, for which the set-ups are added up one after another.

**Turn** what is said to help: an environment that is prepared before (*Set-up: before the clock*), and a shorter last stage. The shorter limits (*tight limits*) speed nothing up: a limit ends only what would take longer, and then the run has failed.
`.trim();

/** A third of its limit: under 10 min, as is said of all of them. */
const gateStages = gates.map(({ id, name, limit }): StageDocument => {
  return {
    id,
    name,
    work: { kind: 'synthetic', phases: [{ wait: scaled(limit / 3) }] },
    setup: { phases: [{ wait: scaled(2.5) }], when: 'task' },
    timeout: scaled(limit),
  };
});

const prepared = Object.fromEntries(gates.map(({ id }) => [`/stages/${id}/setup/when`, 'start']));
const shorter = { '/stages/consolidate/work/phases/0/wait': scaled(3) };

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Five gates and a report',
  notes,
  source: { kind: 'count', count: 1 },
  stages: [
    ...gateStages,
    {
      id: 'consolidate',
      name: 'Consolidate',
      after: gates.map(({ id }) => id),
      join: 'zip',
      work: { kind: 'synthetic', phases: [{ wait: scaled(6.5) }] },
    },
  ],
  machine: { cores: 2, workers: 5 },
  targets: { total: { target: 18 * msPerMinute } },
  variants: [
    { name: 'prepared', set: prepared },
    { name: 'shorter report', set: shorter },
    { name: 'both', set: { ...prepared, ...shorter } },
    {
      name: 'tight limits',
      set: Object.fromEntries(
        gates.map(({ id, limit }) => [`/stages/${id}/timeout`, scaled(limit / 2)]),
      ),
    },
  ],
};
