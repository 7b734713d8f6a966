import { describe, expect, it } from 'vitest';
import { applySet } from '../../src/pipeline/edit.ts';
import { settingsBetween } from '../../src/pipeline/settings-between.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';

const before: PipelineDocument = {
  format: 'millrace/1',
  source: { kind: 'count', count: 20 },
  stages: [
    { id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 4 }] } },
    { id: 'b', after: ['a'], permits: 1, work: { kind: 'synthetic', phases: [{ cpu: 8 }] } },
  ],
};

describe('what one document sets otherwise than another', () => {
  it('is found, and makes the one of the other', () => {
    const after: PipelineDocument = {
      ...before,
      source: { kind: 'count', count: 30 },
      stages: [before.stages[0]!, { ...before.stages[1]!, permits: 3, buffer: { capacity: 2 } }],
      machine: { workers: 5 },
    };
    const set = settingsBetween(before, after)!;
    expect(set).toEqual({
      '/source/count': 30,
      '/machine/workers': 5,
      '/stages/b/permits': 3,
      '/stages/b/buffer/capacity': 2,
    });
    const made = applySet(before, set);
    expect(made.ok && withDefaults(made.value)).toEqual(withDefaults(after));
  });
  it('is nothing where only words differ', () => {
    expect(settingsBetween(before, { ...before, name: 'Other', notes: 'x' })).toEqual({});
  });
  it('is nothing where the same is written in another order', () => {
    const resource = (limits: Record<string, number>): PipelineDocument => ({ ...before, limits });
    const [one, other] = [resource({ api: 1, gpu: 2 }), resource({ gpu: 2, api: 1 })];
    expect(settingsBetween(one, other)).toEqual({});
    expect(settingsBetween(one, resource({ gpu: 3, api: 1 }))).toEqual({ '/limits/gpu': 3 });
  });
  it('is no variant where the graph differs', () => {
    expect(settingsBetween(before, { ...before, stages: [before.stages[0]!] })).toBeNull();
  });
});
