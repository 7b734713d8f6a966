import { textTable } from '../../src/cli/text-table.ts';
import { hasTruth } from '../truth/ground-truth.ts';
import { orderGaps, type OrderGap } from './order-gaps.ts';
import { provenInstances } from './published-instances.ts';
import { writeFigures } from './write-figures.ts';

/**
 * `orders`: how far each order ends above the proven optima of published instances. No clock is read: the
 * same figures on every machine.
 */
export function runOrdersBench(): Promise<void> {
  if (!hasTruth('psplib')) {
    throw new Error(
      'The published instances are not here: this bench reads ../shared/ground-truth.',
    );
  }
  const { proven, open } = provenInstances();
  const gaps = orderGaps(proven);
  console.log(gapTable(gaps));
  console.log(`${proven.length} instances with proven optima; ${open} open ones are left out.`);
  writeFigures('orders', gaps);
  return Promise.resolve();
}

function gapTable(gaps: readonly OrderGap[]): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const headings = ['Family', 'Order', 'Instances', 'Mean gap', 'Median', 'Worst', 'Optimal'];
  const rows = gaps.map(({ family, order, instances, mean, median, worst, optimal }) => [
    family,
    order,
    String(instances),
    ...[mean, median, worst, optimal].map(percent),
  ]);
  return textTable(headings, rows);
}
