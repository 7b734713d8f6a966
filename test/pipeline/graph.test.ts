import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as graph from '../../src/pipeline/graph.ts';

type Stages = { id: string; after: string[] }[];
/** "a>b b>c" */
function parse(edges: string): Stages {
  const stages = new Map<string, string[]>();
  const add = (id: string): string[] => stages.get(id) ?? stages.set(id, []).get(id)!;
  for (const edge of edges.split(' ')) {
    const [from, to] = edge.split('>');
    add(from!);
    if (to) add(to).push(from!);
  }
  return [...stages].map(([id, after]) => ({ id, after }));
}

const diamond = parse('a>b a>c b>d c>d');

test('neighbourhoods', () => {
  expect(graph.topologicalOrder([...diamond].reverse())).toEqual(['a', 'c', 'b', 'd']);
  expect(graph.childrenOf(diamond).get('a')).toEqual(['b', 'c']);
  expect([graph.rootsOf(diamond), graph.sinksOf(diamond)]).toEqual([['a'], ['d']]);
  expect([...graph.ancestorsOf(diamond, 'd')].sort()).toEqual(['a', 'b', 'c']);
  expect([...graph.descendantsOf(diamond, 'b')]).toEqual(['d']);
  expect(graph.layersOf(parse('a>b b>c a>c'))).toEqual(
    new Map([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]),
  );
  expect([graph.pathBetween(diamond, 'a', 'd'), graph.pathBetween(diamond, 'd', 'a')]).toEqual([
    ['a', 'b', 'd'],
    null,
  ]);
});

test('the longest path, by weight', () => {
  const weights: Record<string, number> = { a: 1, b: 5, c: 2, d: 1 };
  expect(graph.longestPath(diamond, (id) => weights[id]!)).toEqual({
    stages: ['a', 'b', 'd'],
    total: 7,
  });
  expect(graph.longestPath(diamond, () => 0).total).toBe(0);
  expect(graph.longestPath([], () => 1)).toEqual({ stages: [], total: 0 });
});

describe('cycles', () => {
  test('are named in the order of the flow, the earliest stage first', () => {
    expect(graph.findCycle(diamond)).toBe(null);
    expect(graph.findCycle(parse('x>b b>c c>a a>b'))).toEqual(['b', 'c', 'a', 'b']);
    expect(graph.findCycle(parse('a>a'))).toEqual(['a', 'a']);
    expect(graph.topologicalOrder(parse('a>b b>a'))).toBe(null);
  });

  const anyGraph = fc
    .array(fc.array(fc.nat(11), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
    .map((lists) =>
      lists.map((after, i) => ({ id: `s${i}`, after: after.map((parent) => `s${parent}`) })),
    );
  test('there is an order if and only if there is no cycle, and both are what they say', () => {
    fc.assert(
      fc.property(anyGraph, (stages) => {
        const ids = new Set(stages.map((stage) => stage.id));
        const parents = new Map(
          stages.map((stage) => [stage.id, stage.after.filter((p) => ids.has(p))]),
        );
        const order = graph.topologicalOrder(stages);
        const cycle = graph.findCycle(stages);
        expect(order === null).toBe(cycle !== null);
        if (order) {
          expect([...order].sort()).toEqual([...ids].sort());
          for (const [id, after] of parents)
            for (const p of after) expect(order.indexOf(p)).toBeLessThan(order.indexOf(id));
        }
        if (cycle) {
          expect(cycle[0]).toBe(cycle.at(-1));
          expect(new Set(cycle).size).toBe(cycle.length - 1);
          for (let i = 1; i < cycle.length; i++)
            expect(parents.get(cycle[i]!)).toContain(cycle[i - 1]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a thousand stages in a row are fine', () => {
    const row: Stages = Array.from({ length: 1000 }, (_, i) => ({
      id: `s${i}`,
      after: i === 0 ? [] : [`s${i - 1}`],
    }));
    expect(graph.topologicalOrder(row)).toHaveLength(1000);
    expect(graph.longestPath(row, () => 1).total).toBe(1000);
    row[0]!.after = ['s999'];
    expect(graph.findCycle(row)).toHaveLength(1001);
  });
});
