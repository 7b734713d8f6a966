import { formatBytes, formatCount, formatMs, formatPercent, formatRate } from '../base/units.ts';
import type { RunSummary } from '../measure/summary.ts';
import { textTable } from './text-table.ts';

/** A run for a person's eyes: the same numbers as `--json`, rounded, with units. */
export function summaryTable(summary: RunSummary): string {
  const { items, latency, workers, bound } = summary;
  const losses = (['failed', 'dropped', 'cancelled'] as const)
    .filter((fate) => items[fate] > 0)
    .map((fate) => `, ${formatCount(items[fate])} ${fate}`)
    .join('');
  const machine = summary.machine === 'live' ? 'measured live' : 'simulated';
  const facts: [string, string][] = [
    ['Makespan', `${formatMs(summary.makespan)} (${machine}, ${summary.cores} cores)`],
    [
      'Items',
      `${formatCount(items.delivered)} of ${formatCount(items.emitted)} delivered${losses}`,
    ],
    ['Throughput', formatRate(summary.throughput)],
    [
      'Latency',
      `${formatMs(latency.p50)} median, ${formatMs(latency.p95)} p95, ${formatMs(latency.p99)} p99`,
    ],
    ['Workers', `${workers.count}, busy ${formatPercent(workers.utilization)} of the time`],
    ['Memory', `${formatBytes(summary.memory.peak)} in flight at the peak`],
    ['Bound', `${formatMs(bound.value)}, set by ${bound.by}`],
  ];
  if (summary.digest !== null) facts.push(['Schedule', summary.digest]);
  if (summary.results !== null) facts.push(['Results', summary.results]);
  const width = Math.max(...facts.map(([name]) => name.length));
  const lines = facts.map(([name, text]) => `${name.padEnd(width)}  ${text}\n`).join('');
  return `${lines}\n${stageTable(summary)}`;
}

function stageTable(summary: RunSummary): string {
  const headings = [
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
  const rows = Object.entries(summary.stages).map(([id, stage]) => [
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
  return textTable(headings, rows);
}
