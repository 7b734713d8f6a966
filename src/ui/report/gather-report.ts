import type { Report, ReportSection } from '../../share/report/report.ts';
import type { App } from '../state/app.svelte.ts';
import { baselineDesk } from '../targets/baseline-desk.svelte.ts';
import { documentPart } from './document-part.ts';
import { environmentPart } from './environment-part.ts';
import { experimentParts } from './experiment-parts.ts';
import { subjectOf, titleOf, type ReportPart, type Told } from './part.ts';
import { predictionPart } from './prediction-part.ts';
import { runPart } from './run-part.ts';
import { sweepPart } from './sweep-part.ts';
import { scalingPart } from './scaling-part.ts';
import { baselinePart, targetsPart } from './targets-part.ts';
import { tunerPart, whatIfPart } from './what-if-part.ts';
import { whyPart } from './why-part.ts';

/** Everything the page knows of the document that is open, as a report. @param nowMs since 1970 */
export async function gatherReport(app: App, nowMs: number): Promise<Report> {
  await baselineDesk(app).look();
  const subject = subjectOf(app);
  const parts: ReportPart[] = [
    runPart(app, subject),
    await whyPart(subject),
    targetsPart(app),
    baselinePart(app),
    ...experimentParts(app),
    scalingPart(app),
    whatIfPart(app),
    sweepPart(app),
    tunerPart(app),
    predictionPart(app, subject),
    await documentPart(app),
    environmentPart(app),
  ];
  const told = parts.filter((part): part is Told => part !== null && 'blocks' in part);
  const missing = parts.flatMap((part) => (part && 'missing' in part ? [part.missing] : []));
  return {
    title: titleOf(app.doc.document),
    madeAt: `${new Date(nowMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    sections: [inShort(told), ...told.map(({ title, blocks }) => ({ title, blocks }))],
    missing,
  };
}

/** What a reader in a hurry takes away. */
function inShort(parts: readonly Told[]): ReportSection {
  const items = parts.flatMap(({ short = [] }) => short);
  return {
    title: 'In short',
    blocks: [
      items.length > 0
        ? { kind: 'list', items }
        : { kind: 'text', text: 'Nothing was measured or predicted yet.' },
    ],
  };
}
