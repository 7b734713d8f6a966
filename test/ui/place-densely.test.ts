import { expect, test } from 'vitest';
import { nodeSizePx, type Direction, type GraphShape } from '../../src/ui/graph/layout.ts';
import { isDense } from '../../src/ui/graph/place-densely.ts';
import { placeInLayers } from '../../src/ui/graph/place-in-layers.ts';

/** Every stage after the one before it and after every seventh: thousands of edges across many layers. */
const dense: GraphShape = Array.from({ length: 300 }, (_, i) => ({
  id: `s${i}`,
  after: Array.from({ length: i }, (__, parent) => parent)
    .filter((parent) => parent % 7 === i % 7 || parent === i - 5)
    .map((parent) => `s${parent}`),
}));

test.each<Direction>(['LR', 'TB'])(
  'a dense graph: children after parents, no overlap (%s)',
  (way) => {
    expect(isDense(dense)).toBe(true);
    const places = placeInLayers(dense, '#source', way);
    expect(places.size).toBe(dense.length + 1);
    const along = way === 'LR' ? 'x' : 'y';
    const size = way === 'LR' ? nodeSizePx.width : nodeSizePx.height;
    for (const { id, after } of dense) {
      for (const parent of after.length > 0 ? after : ['#source']) {
        const gap = places.get(id)![along] - places.get(parent)![along];
        expect(gap).toBeGreaterThan(parent === '#source' ? 0 : size);
      }
    }
    const corners = [...places.values()].sort((a, b) => a.x - b.x || a.y - b.y);
    corners.forEach((corner, i) => {
      expect(Math.min(corner.x, corner.y)).toBeGreaterThanOrEqual(0);
      const next = corners[i + 1];
      if (next?.x === corner.x) expect(next.y - corner.y).toBeGreaterThanOrEqual(nodeSizePx.height);
    });
  },
);

test('a graph that people draw is not dense', () => {
  const diamond: GraphShape = [
    { id: 'a', after: [] },
    { id: 'b', after: ['a'] },
    { id: 'c', after: ['a'] },
    { id: 'd', after: ['b', 'c'] },
  ];
  expect(isDense(diamond)).toBe(false);
});

test('a dense graph with a cycle is placed all the same', () => {
  const cyclic = [{ id: 's0', after: ['s299'] }, ...dense.slice(1)];
  expect(isDense(cyclic)).toBe(true);
  const places = [...placeInLayers(cyclic, '#source', 'LR').values()];
  expect(places).toHaveLength(301);
  expect(places.every(({ x, y }) => Number.isFinite(x + y))).toBe(true);
});
