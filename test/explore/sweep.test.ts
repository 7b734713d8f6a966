import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cellAt,
  cellCount,
  cellSet,
  placeOf,
  presentCell,
  sweepAxes,
  sweepSets,
} from '../../src/explore/sweep.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';

const document: PipelineDocument = {
  format: 'millrace/1',
  stages: [
    { id: 'resize', permits: 4, work: { kind: 'synthetic', phases: [{ cpu: 3 }] } },
    { id: 'save', after: ['resize'], work: { kind: 'synthetic', phases: [{ wait: 3 }] } },
  ],
  sweep: { '/stages/resize/permits': [2, 4], '/machine/workers': [1, 2, 3] },
};
const axes = sweepAxes(document);

test('every combination is a cell, the last field changing fastest', () => {
  expect(cellCount(axes)).toBe(6);
  expect(sweepSets(axes).map(Object.values)).toEqual([
    ...[
      [2, 1],
      [2, 2],
      [2, 3],
    ],
    ...[
      [4, 1],
      [4, 2],
      [4, 3],
    ],
  ]);
  expect(cellSet(axes, 5)).toEqual({ '/stages/resize/permits': 4, '/machine/workers': 3 });
});

test('a document that sweeps nothing has no cells', () => {
  expect(sweepAxes({ ...document, sweep: {} })).toEqual([]);
  expect(cellCount([])).toBe(0);
  expect(sweepSets([])).toEqual([]);
  expect(presentCell([], document, 2)).toBeNull();
});

test('a place and its cell are the same thing said twice', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(sizes, (lengths) => {
      const some = lengths.map((length, axis) => ({
        pointer: `/${axis}`,
        values: Array.from({ length }, (_, value) => value),
      }));
      for (let cell = 0; cell < cellCount(some); cell++) {
        const place = placeOf(some, cell);
        expect(cellAt(some, place)).toBe(cell);
        expect(Object.values(cellSet(some, cell))).toEqual(place);
      }
    }),
  );
});

test('the cell the document is at, whether its values are written out or not', () => {
  // Workers are as many as cores unless the document says otherwise.
  expect(presentCell(axes, document, 2)).toBe(4);
  expect(presentCell(axes, { ...document, machine: { workers: 3 } }, 2)).toBe(5);
  expect(presentCell(axes, document, 8)).toBeNull();
  const byWord = [{ pointer: '/machine/workers', values: [1, 'cores'] }];
  expect(presentCell(byWord, document, 8)).toBe(1);
  expect(presentCell(byWord, { ...document, machine: { workers: 8 } }, 8)).toBe(1);
  const unlimited = [{ pointer: '/stages/save/permits', values: [1, null] }];
  expect(presentCell(unlimited, document, 2)).toBe(1);
});

test('a value that is listed again tries nothing new', () => {
  const again = sweepAxes({ ...document, sweep: { '/stages/resize/permits': [1, 1, 2, 1] } });
  expect(again).toEqual([{ pointer: '/stages/resize/permits', values: [1, 2] }]);
});
