import { formatBytes, formatCount, formatMs, formatPercent, formatRate } from '../base/units.ts';
import type { RunSummary } from '../measure/summary.ts';
import type { ItemBooks } from '../trace/types.ts';
import { textTable } from './text-table.ts';

/** A run for a person's eyes: the same numbers as `--json`, rounded, with units. */
export function summaryTable(summary: RunSummary): string {
  const facts = summaryFacts(summary);
  const width = Math.max(...facts.map(([name]) => name.length));
  const lines = facts.map(([name, text]) => `${name.padEnd(width)}  ${text}\n`).join('');
  return `${lines}\n${textTable(stageHeadings, stageRows(summary))}`;
}

/** What is said of the run as a whole. */
export function summaryFacts(summary: RunSummary): [name: string, value: string][] {
  const { items, barrierResults, latency, workers, bound } = summary;
  const machine = summary.machine === 'live' ? 'measured live' : 'simulated';
  const facts: [string, string][] = [
    ['Makespan', `${formatMs(summary.makespan)} (${machine}, ${summary.cores} cores)`],
    ['Items', fates(items)],
    ['Throughput', formatRate(summary.throughput)],
    [
      'Latency',
      items.delivered === 0
        ? 'none: nothing was delivered'
        : `${formatMs(latency.p50)} median, ${formatMs(latency.p95)} p95, ${formatMs(latency.p99)} p99`,
    ],
    ['Workers', `${workers.count}, busy ${formatPercent(workers.utilization)} of the time`],
    ['Memory', `${formatBytes(summary.memory.peak)} in flight at the peak`],
    ['Bound', `${formatMs(bound.value)}, set by ${bound.by}`],
  ];
  if (barrierResults.emitted > 0) facts.splice(2, 0, ['Results', fates(barrierResults)]);
  if (summary.digest !== null) facts.push(['Schedule', summary.digest]);
  if (summary.results !== null) facts.push(['Outputs', summary.results]);
  return facts;
}

/** "58 of 60 delivered, 2 failed". */
function fates(books: ItemBooks): string {
  const losses = (['failed', 'dropped', 'cancelled'] as const)
    .filter((fate) => books[fate] > 0)
    .map((fate) => `, ${formatCount(books[fate])} ${fate}`)
    .join('');
  return `${formatCount(books.delivered)} of ${formatCount(books.emitted)} delivered${losses}`;
}

export const stageHeadings = [
  'Stage',
  'Tasks',
  'Failed',
  'Hits',
  'Busy',
  'Blocked',
  'Queue',
  'Service',
  'Wait',
];

/** A row a stage under those headings. */
export const stageRows = ({ stages }: RunSummary): string[][] =>
  Object.entries(stages).map(([id, stage]) => [
    id,
    formatCount(stage.tasks),
    formatCount(stage.failed),
    formatCount(stage.cacheHits),
    formatMs(stage.busy),
    formatMs(stage.blocked),
    `${stage.queue.mean.toFixed(1)} (max ${stage.queue.max})`,
    formatMs(stage.service.mean),
    formatMs(stage.wait.mean),
  ]);
