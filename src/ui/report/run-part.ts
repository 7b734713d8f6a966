import { formatBytes, formatCount, formatMs, formatPercent, formatRate } from '../../base/units.ts';
import { summarize, type RunSummary } from '../../measure/summary.ts';
import type { ReportBlock, ReportTable } from '../../share/report/report.ts';
import { runPictures } from './run-pictures.ts';
import type { App } from '../state/app.svelte.ts';
import type { ReportPart, Subject } from './part.ts';

const endings: Readonly<Record<string, string>> = {
  stopped: 'The run was stopped: this is the part that ran.',
  stalled: 'The run came to a standstill: this is the part that ran.',
  failed: 'The run broke off: this is the part that ran.',
};

/** What the last run came to; before any run, what is predicted. */
export function runPart(app: App, subject: Subject | null): ReportPart {
  if (!subject) return { missing: 'No run was made, and nothing could be predicted.' };
  const { trace, pipeline, run, isStale } = subject;
  const { meta } = trace;
  const summary = summarize(trace, pipeline);
  const blocks: ReportBlock[] = [];
  if (run) {
    const when = run.cache === 'off' ? ', without the cache' : '';
    const text = `Measured on real workers: run ${run.number} of this visit${when}. One run is one sample: times vary from run to run.`;
    blocks.push({ kind: 'text', text });
  } else {
    const text =
      'Predicted, not measured: a simulation of this document in virtual time. Run it to measure.';
    blocks.push({ kind: 'text', text });
  }
  if (isStale) {
    const text = 'The document has been changed after this run; what is shown is of it as it was.';
    blocks.push({ kind: 'verdict', tone: 'plain', text });
  }
  const ending = endings[meta.ended];
  if (ending) blocks.push({ kind: 'verdict', tone: 'bad', text: `${ending} ${meta.note}`.trim() });
  if (run?.report.error)
    blocks.push({ kind: 'verdict', tone: 'bad', text: run.report.error.message });
  blocks.push({ kind: 'facts', facts: factsOf(summary, meta.workers) });
  blocks.push(...runPictures(app, subject), stagesTable(summary, names(subject)));
  for (const text of run?.report.notices ?? []) blocks.push({ kind: 'text', text });
  const did = run ? 'The last run took' : 'Predicted to take';
  const short = `${did} ${formatMs(summary.makespan)} for ${formatCount(summary.items.delivered)} of ${formatCount(summary.items.emitted)} items delivered.`;
  return { title: run ? 'Last run' : 'Prediction', blocks, short: [short] };
}

const names = ({ trace }: Subject): ReadonlyMap<string, string> =>
  new Map(trace.meta.stages.map(({ id, name }) => [id, name]));

function factsOf(summary: RunSummary, workers: number): (readonly [string, string])[] {
  const { items, latency } = summary;
  const lost = ([count, word]: readonly [number, string]): string[] =>
    count > 0 ? [`${formatCount(count)} ${word}`] : [];
  const fates = [
    `${formatCount(items.delivered)} delivered`,
    ...lost([items.failed, 'failed']),
    ...lost([items.dropped, 'dropped']),
    ...lost([items.cancelled, 'cancelled']),
  ];
  const took = (ms: number): string => (items.delivered > 0 ? formatMs(ms) : '–');
  return [
    ['Makespan', formatMs(summary.makespan)],
    ['Items', `${formatCount(items.emitted)} in, ${fates.join(', ')}`],
    ['Throughput', formatRate(summary.throughput)],
    ['Latency p50', took(latency.p50)],
    ['Latency p95', took(latency.p95)],
    ['Workers', `${workers}, ${formatPercent(summary.workers.utilization)} utilised`],
    ...(summary.memory.peak > 0
      ? [['Most memory in flight', formatBytes(summary.memory.peak)] as const]
      : []),
  ];
}

function stagesTable(summary: RunSummary, called: ReadonlyMap<string, string>): ReportTable {
  const rows = Object.entries(summary.stages).map(([id, stage]) => [
    called.get(id) ?? id,
    formatCount(stage.tasks),
    formatMs(stage.service.mean),
    formatMs(stage.service.p95),
    formatMs(stage.wait.mean),
    formatCount(Number(stage.queue.mean.toPrecision(3))),
    formatCount(stage.queue.max),
    formatMs(stage.blocked),
    troubleOf(stage),
  ]);
  return {
    kind: 'table',
    caption:
      'The stages: service is a task’s time in a worker; waiting is from ready to start; blocked is the sum over its tasks',
    head: [
      ...['Stage', 'Tasks', 'Service, mean', 'p95', 'Waiting, mean'],
      ...['Queue, mean', 'most', 'Blocked', 'Trouble'],
    ],
    ...{ rows, numeric: [1, 2, 3, 4, 5, 6, 7] },
  };
}

function troubleOf(stage: RunSummary['stages'][string]): string {
  const kinds = [
    [stage.failed, 'failed'],
    [stage.dropped, 'dropped'],
    [stage.retried, 'tried again'],
    [stage.timedOut, 'timed out'],
  ] as const;
  const told = kinds.flatMap(([n, word]) => (n > 0 ? [`${formatCount(n)} ${word}`] : []));
  const hits = stage.cacheHits > 0 ? [`${formatCount(stage.cacheHits)} cache hits`] : [];
  return [...told, ...hits].join(', ') || 'none';
}
