/**
 * Edits of the graph of stages. Each is one step of undo, or is refused in a sentence. Nobody needs them to
 * look at a page, so what imports this comes lazily.
 */
import { ok, type Result } from '../../base/result.ts';
import * as edit from '../../pipeline/edit.ts';
import { removeStages as without, renameStage as renamed } from '../../pipeline/edit-names.ts';
import { duplicateStages as duplicated, type Pasted } from '../../pipeline/paste-stages.ts';
import { stageTitle } from '../../pipeline/stage-title.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { App } from './app.svelte.ts';
import { asSentence } from './error-sentence.ts';
import { freeName, namesOf } from './stage-names.ts';

/** Behind this stage; null: fed by the source. Gives its id; null: refused. */
export function addStage(app: App, after: string | null): string | null {
  const { document } = app.doc;
  const name = freeName(document, 'New stage');
  return showAdded(app, edit.addStage(document, { name, after: after === null ? [] : [after] }));
}

/** Between two that are connected; `from` null: between the source and a stage it feeds. */
export function insertStage(app: App, from: string | null, to: string): string | null {
  const { document } = app.doc;
  return showAdded(app, edit.insertStage(document, from, to, freeName(document, 'New stage')));
}

function showAdded(
  { graph }: App,
  result: Result<{ document: PipelineDocument; id: string }>,
): string | null {
  const taken = graph.take(result);
  if (taken) graph.select([taken.id]);
  return taken?.id ?? null;
}

/** Selects the copies; gives the first of them, null: refused. */
export function duplicateStages(app: App, ids: readonly string[]): string | null {
  return takePasted(app, duplicated(app.doc.document, ids));
}

export function takePasted(app: App, result: Result<Pasted>): string | null {
  const pasted = app.graph.take(result);
  if (!pasted) return null;
  if (pasted.notes.length > 0) app.tell('info', pasted.notes.join(' '));
  app.graph.select(pasted.ids, pasted.ids[0]);
  return pasted.ids[0] ?? null;
}

/** Gives the stage that takes their place: the next in the list, else the one before; null: refused. */
export function removeStages(app: App, ids: readonly string[]): string | null {
  const { doc, view, graph } = app;
  const { stages } = doc.document;
  const at = stages.findIndex(({ id }) => ids.includes(id));
  const stays = ({ id }: { id: string }): boolean => !ids.includes(id);
  const next = (stages.slice(at).find(stays) ?? stages.slice(0, at).findLast(stays))?.id;
  const removed = graph.take(without(doc.document, ids));
  if (!removed || next === undefined) return null;
  if (removed.dangling.length > 0) app.tell('info', removed.dangling.join(' '));
  const inspected = view.selectedStage();
  if (inspected !== null && ids.includes(inspected)) graph.select([next]);
  return next;
}

/** Gives the sentence that says why it is refused, for the field itself; null: it is done. */
export function renameStage(app: App, id: string, newId: string): string | null {
  const { doc, view } = app;
  const result = renamed(doc.document, id, newId);
  if (!result.ok) return asSentence(result.error);
  if (!take(app, result)) return null;
  // The same stage under another name: its fields stay, and with them the focus.
  view.selection = { kind: 'stage', id: newId };
  if (view.codeOf?.kind === 'stage' && view.codeOf.id === id)
    view.codeOf = { kind: 'stage', id: newId };
  return null;
}

export function connect(app: App, from: string, to: string): boolean {
  return take(app, edit.connect(app.doc.document, from, to));
}

export function disconnect(app: App, from: string, to: string): void {
  const { doc } = app;
  if (!take(app, edit.disconnect(doc.document, from, to))) return;
  const child = doc.document.stages.find(({ id }) => id === to);
  if (!child?.after?.length)
    app.tell(
      'info',
      `“${child ? stageTitle(child) : to}” has no stage before it any more, so the source feeds it now.`,
    );
}

/** Why the edge from the source cannot be taken away. */
export function explainSourceEdge(app: App, to: string): void {
  const name = namesOf(app.doc.document).get(to) ?? to;
  app.tell(
    'info',
    `“${name}” is fed by the source because no stage comes before it: connect a stage to it and the source lets go.`,
  );
}

function take({ graph }: App, result: Result<PipelineDocument>): boolean {
  return graph.take(result.ok ? ok({ document: result.value }) : result) !== null;
}
