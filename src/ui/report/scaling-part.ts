import { formatMs, formatRatio } from '../../base/units.ts';
import { formatSpeedup } from '../../measure/speedup.ts';
import type { ReportBlock } from '../../share/report/report.ts';
import { medianMs } from '../../measure/median.ts';
import { hiddenWords } from '../compare/verdict-words.ts';
import { scalingOf, scalingSentences, serialShareText } from '../compare/scaling-words.ts';
import type { App } from '../state/app.svelte.ts';
import { sameWork } from '../state/same-work.ts';
import type { ReportPart } from './part.ts';

/** Measured speedup against workers, and what both laws make of it. */
export function scalingPart(app: App): ReportPart {
  const measured = app.experiment.measured.scaling;
  const scaling = measured && scalingOf(measured);
  if (!scaling || !measured.state || measured.state.rounds === 0)
    return { missing: 'How it scales with workers was not measured.' };
  const sentences = scalingSentences(scaling);
  const law = (fit: { value: number } | null): string => (fit ? formatRatio(fit.value) : '–');
  const blocks: ReportBlock[] = [
    ...sentences.map((text): ReportBlock => ({ kind: 'verdict', tone: 'plain', text })),
    {
      kind: 'table',
      caption:
        'Measured in turns, each against one worker; ratios with their 95 % intervals, beside what the fitted laws say',
      head: ['Workers', 'Median', 'Speedup', 'Amdahl', 'USL', 'Serial share'],
      rows: scaling.rows.map((row) => [
        String(row.workers),
        row.makespansMs.length > 0 ? formatMs(medianMs(row.makespansMs)!) : '–',
        row.problem ?? (row.speedup ? formatSpeedup(row.speedup) : row.workers === 1 ? '1×' : '–'),
        law(row.amdahl),
        law(row.usl),
        serialShareText(row.serialShare),
      ]),
      numeric: [0, 1, 2, 3, 4, 5],
    },
  ];
  if (!sameWork(measured.plan.document, app.doc.document))
    blocks.push({ kind: 'text', text: 'The document has been changed since.' });
  if (measured.wasHidden) blocks.push({ kind: 'text', text: hiddenWords });
  return { title: 'Scaling', blocks, short: sentences.slice(0, 1) };
}
