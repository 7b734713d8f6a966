import { ancestorsOf, descendantsOf } from '../../../pipeline/graph.ts';
import { focusField } from '../../inspector/focus-field.ts';
import type { App } from '../../state/app.svelte.ts';
import * as edits from '../../state/stage-edits.ts';
import { sourceId } from '../flow-model.ts';
import { focusNode } from '../focus-node.ts';
import { copyByButton, pasteByButton } from './clipboard.ts';
import { counted } from './words.ts';

/** Each leaves the focus where one goes on from. */

/** The selected stages if this is one of them, else this one alone. */
export function idsAbout({ graph }: App, id: string | null): string[] {
  if (id !== null && !graph.selected.has(id)) return id === sourceId ? [] : [id];
  return [...graph.selected];
}

export function addAfter(app: App, id: string | null): void {
  const added = edits.addStage(app, id === sourceId ? null : id);
  if (added !== null) focusNode(added);
}

export function insertInto(app: App, source: string, target: string): void {
  const added = edits.insertStage(app, source === sourceId ? null : source, target);
  if (added !== null) focusNode(added);
}

export function remove(app: App, ids: readonly string[]): void {
  if (ids.length === 0) {
    app.messages.show('info', 'Every pipeline has its source: set where items come from in it.');
    return;
  }
  const next = edits.removeStages(app, ids);
  if (next !== null) focusNode(next);
}

export function duplicate(app: App, ids: readonly string[]): void {
  if (ids.length === 0) return;
  const first = edits.duplicateStages(app, ids);
  if (first !== null) focusNode(first);
}

export async function cutByButton(app: App, ids: readonly string[]): Promise<void> {
  if (await copyByButton(app, ids)) remove(app, ids);
}

export function disconnect(app: App, source: string, target: string): void {
  if (source === sourceId) return edits.explainSourceEdge(app, target);
  edits.disconnect(app, source, target);
  focusNode(target);
}

export function rename(app: App, id: string): void {
  const before = app.doc.present;
  void focusField(app, { kind: 'stage', id }, `/stages/${id}/name`).then((isThere) => {
    const field = document.activeElement;
    if (!isThere || !(field instanceof HTMLInputElement)) return;
    const end = new AbortController();
    const { signal } = end;
    field.addEventListener('blur', () => end.abort(), { signal });
    field.addEventListener('keydown', (event) => finish(event), { signal });
  });
  /** Back to the stage; with Escape it keeps its name. */
  function finish(event: KeyboardEvent): void {
    const { key } = event;
    if (event.isComposing || (key !== 'Enter' && key !== 'Escape')) return;
    event.preventDefault();
    if (key === 'Escape' && app.doc.before === before) app.undo();
    focusNode(id);
  }
}

/** Takes one into the selection, or out of it. */
export function toggle({ graph }: App, id: string): void {
  const { selected } = graph;
  if (!selected.has(id)) graph.select([...selected, id], id);
  else graph.select([...selected].filter((other) => other !== id));
}

/** Behind the selected stage, or where it was copied. */
export async function pasteStages(app: App): Promise<void> {
  const first = await pasteByButton(app);
  if (first !== null) focusNode(first);
}

/** Everything its items have been through, or everything they still go through. */
export function selectStream(app: App, id: string, way: 'upstream' | 'downstream'): void {
  const { stages } = app.doc.document;
  const others = way === 'upstream' ? ancestorsOf(stages, id) : descendantsOf(stages, id);
  app.graph.select([id, ...others], id);
  saySelection(app);
  focusNode(id);
}

export function saySelection({ graph, announcer }: App): void {
  const { size } = graph.selected;
  announcer.say('selection', size === 0 ? 'Nothing selected' : `${counted(size)} selected`);
}
