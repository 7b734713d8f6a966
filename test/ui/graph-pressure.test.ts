import { describe, expect, test } from 'vitest';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { edgeId, flowOf, sourceId } from '../../src/ui/graph/flow-model.ts';
import { pressureOf } from '../../src/ui/graph/pressure.ts';
import type { StageState } from '../../src/ui/graph/stage-state.ts';

const stage = (id: string, after: string[], more: Partial<StageDocument> = {}): StageDocument => ({
  id,
  ...(after.length > 0 && { after }),
  work: { kind: 'synthetic', phases: [{ cpu: 1 }] },
  ...more,
});
const document: PipelineDocument = {
  format: 'millrace/1',
  stages: [
    stage('read', [], { buffer: { capacity: 2 } }),
    stage('send', ['read'], { buffer: { capacity: 4 } }),
    stage('log', ['read'], { buffer: { capacity: 4, whenFull: 'drop-newest' } }),
  ],
};
const state = (queued: number, running = 0, blocked = 0): StageState => ({
  queued,
  running,
  blocked,
  tasks: 0,
  dropped: 0,
});
const backedUp = (states: Record<string, StageState>): string[] => [
  ...pressureOf(document, new Map(Object.entries(states))).backedUp,
];

describe('back pressure', () => {
  test('stands in the channel between a blocked stage and the full buffer that holds it', () => {
    const full = { read: state(1, 0, 1), send: state(4), log: state(0) };
    expect(backedUp(full)).toEqual([edgeId('read', 'send')]);
    expect(backedUp({ ...full, read: state(1, 1, 0) })).toEqual([]);
    expect(backedUp({ ...full, send: state(3) })).toEqual([]);
  });

  test('of a stage that feeds nobody else, stands wherever it is blocked, as in the charts', () => {
    const only = { ...document, stages: document.stages.slice(0, 2) };
    const states = new Map([
      ['read', state(1, 0, 1)],
      ['send', state(3)],
    ]);
    expect([...pressureOf(only, states).backedUp]).toEqual([edgeId('read', 'send')]);
  });

  test('does not stand where a full buffer drops', () => {
    expect(backedUp({ read: state(0, 0, 1), send: state(0), log: state(4) })).toEqual([]);
  });

  test('reaches the source when the first buffer is full', () => {
    const states = new Map([['read', state(2, 1)]]);
    expect(pressureOf(document, states)).toEqual({
      backedUp: new Set([edgeId(sourceId, 'read')]),
      sourceHeld: true,
    });
    // On replay it is known whether anything waits there.
    states.set(sourceId, state(0));
    expect(pressureOf(document, states).sourceHeld).toBe(false);
    states.set(sourceId, state(3));
    expect(pressureOf(document, states).sourceHeld).toBe(true);
  });

  test('is nowhere without a run', () => {
    expect(pressureOf(document, new Map()).backedUp.size).toBe(0);
  });
});

describe('nodes and edges', () => {
  const placing = {
    vertical: false,
    places: new Map([sourceId, 'read', 'send', 'log'].map((id, at) => [id, { x: at * 300, y: 0 }])),
  };
  const none = { nodes: [], edges: [] };

  test('that are as they were are the same objects, so that nothing is drawn again', () => {
    const first = flowOf(document, [], () => false, placing, none);
    const knob = {
      ...document,
      stages: document.stages.map((one) =>
        one.id === 'send' ? { ...one, permits: 3 } : { ...one },
      ),
    };
    const second = flowOf(knob, [], (id) => id === 'log', placing, first);
    const same = second.nodes.filter((node, at) => node === first.nodes[at]).map(({ id }) => id);
    expect(same).toEqual([sourceId, 'read']);
    expect(second.edges.every((edge, at) => edge === first.edges[at])).toBe(true);
    expect(second.nodes[2]!.data['permits']).toBe(3);
    expect(second.nodes[3]!.selected).toBe(true);
  });

  test('need no measuring: their size and the places of their handles are there', () => {
    const { nodes } = flowOf(document, [], () => false, placing, none);
    for (const node of nodes) {
      expect(node.measured).toEqual({ width: node.width, height: node.height });
      expect(node.handles!.length).toBe(node.id === sourceId ? 1 : 2);
    }
  });
});
