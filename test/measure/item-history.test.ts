import { describe, expect, it } from 'vitest';
import { fedBy, itemHistory } from '../../src/measure/item-history.ts';
import { stageGraph } from '../../src/measure/stage-order.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { StageDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { itemLabel } from '../../src/trace/item-label.ts';

const load = (more = {}) => ({ kind: 'synthetic' as const, phases: [{ cpu: 1 }], ...more });

function run(stages: Partial<StageDocument>[], count = 4) {
  const { pipeline, problems } = parseDocument({
    format: 'millrace/1',
    source: { kind: 'count', count },
    stages: stages.map((stage) => ({ work: load(), ...stage })) as StageDocument[],
    machine: { workers: 2 },
  });
  if (!pipeline) throw new Error(problems[0]?.message);
  const { trace } = simulate(pipeline, { cores: 2 });
  const rowOf = (label: string) =>
    [...Array(trace.items.count).keys()].find((row) => itemLabel(trace, row) === label)!;
  const way = (label: string) => {
    const steps = itemHistory(trace, rowOf(label));
    const feeds = fedBy(trace, steps, stageGraph(pipeline).parents);
    const name = (index: number) => {
      const { stage, row } = steps[index]!;
      return `${trace.meta.stages[stage]!.id} ${itemLabel(trace, trace.tasks.item[row]!)}`;
    };
    return steps.map((_, index) =>
      [name(index), ...feeds[index]!.map((next) => `→ ${name(next)}`)].join(' '),
    );
  };
  return { trace, way };
}

describe('the way of an item', () => {
  const family = run([
    { id: 'cut', work: load({ expand: 2 }) },
    { id: 'press', after: ['cut'] },
    { id: 'pack', after: ['press'], join: 'all' },
    { id: 'send', after: ['pack'] },
  ]);
  it('goes down to its children, into the result and on', () => {
    expect(family.way('1').sort()).toEqual([
      'cut 1 → press 1.0 → press 1.1',
      'pack pack → send pack',
      'press 1.0 → pack pack',
      'press 1.1 → pack pack',
      'send pack',
    ]);
  });
  it('of a child goes up to its parent, not to its siblings', () => {
    expect(family.way('1.1').sort()).toEqual([
      'cut 1 → press 1.1',
      'pack pack → send pack',
      'press 1.1 → pack pack',
      'send pack',
    ]);
  });
  it('of a result begins with what took it all in', () => {
    expect(family.way('pack')).toEqual(['pack pack → send pack', 'send pack']);
  });
  it('of what was folded includes the finish', () => {
    const folded = run([{ id: 'read' }, { id: 'sum', after: ['read'], join: 'fold' }], 2);
    expect(folded.way('1').map((step) => step.split(' ')[0])).toEqual(['read', 'sum', 'sum']);
  });
  it('goes through both branches of a pair and through a batch', () => {
    const pair = run([
      { id: 'read' },
      { id: 'left', after: ['read'] },
      { id: 'right', after: ['read'], batch: { size: 2 } },
      { id: 'meet', after: ['left', 'right'] },
    ]);
    expect(pair.way('1').sort()).toEqual([
      'left 1 → meet 1',
      'meet 1',
      'read 1 → right 0 → left 1',
      'right 0 → meet 1',
    ]);
  });
});
