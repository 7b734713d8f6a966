import { formatCount, formatPercent } from '../../src/base/units.ts';
import { textTable } from '../../src/cli/text-table.ts';
import { quantileSorted } from '../../src/measure/distribution.ts';
import { measurePolicies, type PolicyFigures } from './cache-policy-figures.ts';
import { writeFigures } from './write-figures.ts';

const defaultRounds = 15;
const requests = 1_000_000;
const aimPerSecond = 5e6;

/** `cache-policy [rounds]`: calls of the cache's policies a second, beside a plain Map and the usual LRU. */
export function runCachePolicyBench(args: readonly string[]): Promise<void> {
  const rounds = Number(args[0] ?? defaultRounds);
  if (!(rounds >= 1)) throw new Error('cache-policy takes a number of rounds, 1 or more.');
  const figures = measurePolicies(requests, rounds);
  console.log(
    `${formatCount(requests)} requests, Zipf, room for a tenth of all; medians of ${rounds} rounds in turns, processor time:`,
  );
  console.log(policyTable(figures));
  console.log(`At least ${formatCount(aimPerSecond)} operations a second of each policy.`);
  writeFigures('cache-policy', figures);
  return Promise.resolve();
}

function policyTable(figures: readonly PolicyFigures[]): string {
  const rows = figures.map(({ name, operations, hits, processorMs }) => {
    const sorted = Float64Array.from(processorMs).sort();
    const perSecond = (share: number): string =>
      `${((operations / quantileSorted(sorted, share)) * 1e-3).toFixed(1)} million`;
    return [name, formatPercent(hits / requests), perSecond(0.5), perSecond(1)];
  });
  return textTable(['', 'Hits', 'Operations a second', 'Slowest round'], rows);
}
