import { same } from '../../base/same-json.ts';
import { unmodelled } from '../../pipeline/needs-model.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { Overheads, RunReport } from '../../engine/runner.ts';
import type { App } from './app.svelte.ts';
import { editedModels, withModels } from '../../explore/with-models.ts';
import type { FinishedRun } from './run-store.svelte.ts';
import { runTrouble } from './run-trouble.ts';

/** What follows from a run that has ended: its models go into the document, and what went wrong is said. */
export function finishRun(app: App, { document: ran, report }: FinishedRun): void {
  keepModels(app, ran, report, editedModels(app.doc.document, ran));
  // Hands in a tab's field or editor would lose it; a lesson shows what its runs came to by itself.
  const inTab =
    app.view.tab === 'lesson' || window.document.activeElement?.closest('#panel') != null;
  if (!inTab && report.failures.length > 0) app.view.tab = 'results';
  for (const notice of report.notices) app.messages.show('info', notice);
  const trouble = runTrouble(ran, report);
  if (trouble === null) return;
  const { stage, line = 1, column = 1 } = report.error ?? {};
  const show = (): void => app.view.editCode({ kind: 'stage', id: stage! }, { line, column });
  const isCode = report.error !== null && app.isCodeStage(stage);
  app.messages.show(
    trouble.severity,
    trouble.text,
    isCode ? { label: 'Show the code', run: show } : undefined,
    isCode ? () => codeOf(app.doc.document, stage) !== codeOf(ran, stage) : undefined,
  );
}

/**
 * Another machine is predicted than the one `before`: what the last run measured of its code stages is another share
 * of it now. What was changed by hand since stays.
 */
export function modelsAnew(app: App, before: Overheads): void {
  const { last } = app.runs;
  if (last === null || app.doc.textBroken || last.report.trace.meta.ended !== 'done') return;
  const { document } = app.doc;
  const asKept = withModels(document, last.document, last.report, before);
  if (asKept !== null && same(asKept, document)) keepModels(app, last.document, last.report);
}

/** What the run measured of its code stages, so that they can be predicted from now on. */
function keepModels(
  app: App,
  ran: PipelineDocument,
  report: RunReport,
  kept?: ReadonlySet<string>,
): void {
  if (app.doc.textBroken || report.trace.meta.ended !== 'done') return;
  const next = withModels(app.doc.document, ran, report, app.prediction.overheads, kept);
  if (next === null) return;
  const first = app.doc.pipeline !== null && unmodelled(app.doc.pipeline).length > 0;
  if (first) app.doc.fillIn(next);
  else app.doc.absorb(next);
}

function codeOf({ stages }: PipelineDocument, id: string | undefined): string | null {
  const work = stages.find((stage) => stage.id === id)?.work;
  return work?.kind === 'code' ? work.source : null;
}
