import { expect, test } from 'vitest';
import { jobShop, stg } from '../share/import/small-cases.ts';
import { importInstance, orders } from '../truth/import-instance.ts';
import { orderGaps } from './order-gaps.ts';

// The bench itself, on instances small enough to know every answer.
test('gaps to the optimum: a row an order and family', () => {
  const loadStg = () => importInstance('stg', stg);
  const gaps = orderGaps([
    { family: 'graphs', load: loadStg, workers: 1, optimum: 10 },
    { family: 'graphs', load: loadStg, workers: 2, optimum: 5 },
    { family: 'graphs', load: loadStg, workers: 4, optimum: 4 },
    { family: 'shops', load: () => importInstance('job-shop', jobShop), optimum: 6 },
  ]);
  expect(gaps.map(({ family, order }) => [family, order])).toEqual([
    ...orders.map((order) => ['graphs', order]),
    ...orders.map((order) => ['shops', order]),
  ]);
  // One worker always needs 10; with four everything starts at once, and the longest path is 6.
  const [fifo] = gaps;
  expect(fifo).toMatchObject({ order: 'fifo', instances: 3, worst: 0.5, median: 6 / 5 - 1 });
  expect(fifo!.mean).toBeCloseTo((0 + 0.2 + 0.5) / 3, 12);
  expect(fifo!.optimal).toBeCloseTo(1 / 3, 12);
  expect(gaps.at(-1)).toMatchObject({ family: 'shops', instances: 1, median: 0, optimal: 1 });
});
