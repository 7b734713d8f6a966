import { describe, expect, it } from 'vitest';
import { queueTracks } from '../../src/charts/layout/level-tracks.ts';
import { buildSchedule } from '../../src/charts/layout/schedule-lanes.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { itemLabel } from '../../src/trace/item-label.ts';
import { alignStages } from '../../src/ui/state/align-stages.ts';

const ran: PipelineDocument = {
  format: 'millrace/1',
  source: { kind: 'count', count: 3 },
  stages: [
    { id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
    { id: 'b', name: 'Second', after: ['a'], work: { kind: 'synthetic', phases: [{ cpu: 2 }] } },
    { id: 'c', after: ['a', 'b'], join: 'each', work: { kind: 'synthetic', phases: [{ cpu: 4 }] } },
    { id: 'd', after: ['c'], join: 'all', work: { kind: 'synthetic', phases: [{ cpu: 8 }] } },
  ],
};
const { trace } = simulate(withDefaults(ran), { cores: 2 });
const [a, b, c, d] = ran.stages;

/** "stage item" of every task: what must not change however stages are numbered. */
const tasksOf = (of: typeof trace): string[] =>
  Array.from({ length: of.tasks.count }, (_, row) => {
    const { id } = of.meta.stages[of.tasks.stage[row]!]!;
    return `${id} ${itemLabel(of, of.tasks.item[row]!)}`;
  });

describe('a trace beside a document that was edited since', () => {
  it('is the very same where every stage stands in its place', () => {
    expect(alignStages(trace, ran.stages)).toBe(trace);
    expect(alignStages(trace, [{ ...a!, name: 'Renamed' }, b!, c!, d!])).toBe(trace);
  });

  it.each([
    ['the first stage was removed', [b!, c!, d!], ['b', 'c', 'd', 'a']],
    ['stages changed places', [d!, a!, c!, b!], ['d', 'a', 'c', 'b']],
    ['one was put in', [a!, { id: 'new', name: 'New' }, b!, c!, d!], ['a', 'new', 'b', 'c', 'd']],
    ['nothing is left', [{ id: 'new' }], ['new', 'a', 'b', 'c', 'd']],
  ])('has each stage in its place when %s', (_, stages, order) => {
    const aligned = alignStages(trace, stages);
    expect(aligned.meta.stages.map(({ id }) => id)).toEqual(order);
    expect(tasksOf(aligned)).toEqual(tasksOf(trace));
    expect(tasksOf(trace).join()).toMatch(/~b/);
    const lanes = buildSchedule(aligned, 'stage').groups;
    expect(lanes.map(({ id }) => aligned.meta.stages[id]!.id)).toEqual(order);
    const peaks = (of: typeof trace) =>
      new Map(queueTracks(of).map(({ stage, max }) => [of.meta.stages[stage]!.id, max]));
    expect(Object.fromEntries(peaks(aligned))).toMatchObject(Object.fromEntries(peaks(trace)));
  });
});
