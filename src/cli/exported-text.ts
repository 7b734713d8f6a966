import { formatMs } from '../base/units.ts';
import { chartFont, labelWidthPx } from '../charts/canvas/chart-metrics.ts';
import { schedulePicture } from '../charts/canvas/schedule-picture.ts';
import { scheduleCsv } from '../charts/layout/schedule-csv.ts';
import { fullAxis } from '../charts/layout/time-axis.ts';
import { SvgContext } from '../charts/svg/svg-context.ts';
import { summarize } from '../measure/summary.ts';
import { toDocument } from '../pipeline/to-document.ts';
import type { Pipeline } from '../pipeline/types.ts';
import { documentLines } from '../share/document-text.ts';
import { chromeTrace } from '../share/export/chrome-trace.ts';
import { linkText } from '../share/link/link-text.ts';
import { markdownReport } from '../share/report/markdown.ts';
import type { Trace } from '../trace/types.ts';
import { traceDigest } from '../trace/digest.ts';
import { coresOf, predicted } from './predicted.ts';
import { stageHeadings, stageRows, summaryFacts } from './summary-table.ts';

export const textKinds = ['link', 'chrome-trace', 'csv', 'markdown', 'svg'] as const;
export type TextKind = (typeof textKinds)[number];

const widthPx = 1200;
const rightPx = 12;

/** A document, or its predicted run, as one of the formats of text; in parts. @throws {BadInput} */
export async function* exportedText(pipeline: Pipeline, kind: TextKind): AsyncGenerator<string> {
  if (kind === 'link') {
    yield `${await linkText({ document: toDocument(pipeline) })}\n`;
    return;
  }
  const trace = predicted(pipeline, coresOf(pipeline));
  const { name, stages } = pipeline;
  if (kind === 'chrome-trace') yield* chromeTrace([{ name: 'Predicted', trace, stages }]);
  else if (kind === 'csv') yield* scheduleCsv(trace);
  else if (kind === 'svg') yield `${svg(name, trace)}\n`;
  else yield report(pipeline, trace);
}

function svg(name: string, trace: Trace): string {
  const leftPx = labelWidthPx(widthPx);
  const { makespan } = trace.meta;
  const axis = fullAxis(makespan, leftPx, widthPx - leftPx - rightPx);
  const { paint, heightPx } = schedulePicture(trace, null, axis, widthPx);
  const context = new SvgContext();
  context.font = chartFont;
  paint(context.asCanvas, 'light');
  const label = `Predicted schedule of ${name}, ${formatMs(makespan)}`;
  return context.toString(widthPx, heightPx, label);
}

/** What `simulate` prints, and the document. */
function report(pipeline: Pipeline, trace: Trace): string {
  const summary = summarize(trace, pipeline, { schedule: traceDigest(trace) });
  const source = documentLines(toDocument(pipeline));
  return markdownReport({
    title: pipeline.name,
    madeAt: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    sections: [
      {
        title: 'Predicted run',
        blocks: [
          { kind: 'facts', facts: summaryFacts(summary) },
          {
            kind: 'table',
            caption: 'Its stages: times are summed over tasks, service and waits are means.',
            head: stageHeadings,
            rows: stageRows(summary),
            numeric: stageHeadings.map((_, column) => column).slice(1),
          },
        ],
      },
      { title: 'Document', blocks: [{ kind: 'source', title: 'As JSON', text: source }] },
    ],
    missing: [],
  });
}
