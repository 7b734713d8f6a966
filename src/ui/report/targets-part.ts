import { formatMs } from '../../base/units.ts';
import { judgeTargets } from '../../measure/targets.ts';
import type { ReportBlock } from '../../share/report/report.ts';
import type { App } from '../state/app.svelte.ts';
import { sameWork } from '../state/same-work.ts';
import { baselineDesk } from '../targets/baseline-desk.svelte.ts';
import { measuredTimes } from '../targets/measured-times.ts';
import type { ReportPart } from './part.ts';

/** Every target against what was measured. */
export function targetsPart(app: App): ReportPart {
  const { pipeline } = app.doc;
  const measured = measuredTimes(app);
  if (!pipeline)
    return { missing: 'The document has a problem, so nothing was held against its targets.' };
  const lines = judgeTargets(pipeline, measured?.runs ?? []);
  if (lines.length === 0) return { missing: 'The document sets no targets.' };
  const wanted = (ms: number | null): string => (ms === null ? '–' : formatMs(ms));
  const missed = lines.filter(({ outcome }) => outcome === 'missed');
  // One that came after the run, for instance.
  const open = lines.filter(({ outcome }) => outcome === 'not measured');
  const sentence = !measured
    ? 'Targets are set, and nothing was measured to hold against them.'
    : missed.length === 0
      ? open.length === 0
        ? 'All targets are met.'
        : `No target is missed, but not measured: ${open.map(({ name }) => name).join(', ')}.`
      : `${missed.length === 1 ? 'A target is' : `${missed.length} targets are`} missed: ${missed.map(({ name }) => name).join(', ')}.`;
  const isPlain = !measured || (missed.length === 0 && open.length > 0);
  const tone = isPlain ? 'plain' : missed.length === 0 ? 'good' : 'bad';
  const from = measured
    ? `Held against ${measured.from}${measured.isStale ? '; the document has changed since' : ''}. `
    : '';
  return {
    title: 'Targets',
    blocks: [
      { kind: 'verdict', tone, text: sentence },
      {
        kind: 'text',
        text: `${from}The total is the makespan; of a stage, how long at least one of its tasks was in a worker.`,
      },
      {
        kind: 'table',
        caption: 'Targets and what was measured',
        head: ['What', 'Measured', 'Target', 'Stretch target', 'Outcome'],
        rows: lines.map((line) => [
          line.name,
          formatMs(line.measuredMs),
          wanted(line.targetMs),
          wanted(line.stretchMs),
          line.isClose ? `${line.outcome}, within what runs differ by` : line.outcome,
        ]),
        numeric: [1, 2, 3],
      },
    ],
    short: [sentence],
  };
}

/** What came of the last comparison with a baseline. */
export function baselinePart(app: App): ReportPart {
  const { comparison } = baselineDesk(app);
  if (!comparison) return { missing: 'It was not compared with a baseline.' };
  const { gate, baseline, document } = comparison;
  const tones = { regression: 'bad', 'not comparable': 'bad', improvement: 'good' } as const;
  const tone = tones[gate.verdict as keyof typeof tones] ?? 'plain';
  const how =
    gate.method === 'interleaved'
      ? 'Measured in turns with the baseline’s own document, on this machine.'
      : 'Measured now, against the times recorded with the baseline.';
  const where = baseline.environment
    ? ` in ${baseline.environment.browser} on ${baseline.environment.cores} cores`
    : '';
  const blocks: ReportBlock[] = [
    { kind: 'verdict', tone, text: gate.sentence },
    {
      kind: 'text',
      text: `${how} The baseline is of ${baseline.measuredAt.slice(0, 10)}, ${baseline.makespans.length} runs${where}. The interval is at 95 %.`,
    },
    ...gate.remarks.map((text): ReportBlock => ({ kind: 'text', text })),
  ];
  if (!sameWork(document, app.doc.document))
    blocks.push({ kind: 'text', text: 'The document has been changed after this comparison.' });
  return { title: 'Against the baseline', blocks, short: [gate.sentence] };
}
