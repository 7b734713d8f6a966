import { takeVariant as taken } from '../../pipeline/edit-variants.ts';
import { parsePointer } from '../../base/json-pointer.ts';
import type { Variant } from '../../pipeline/types.ts';
import { changeWords } from '../versions/change-words.ts';
import type { App } from './app.svelte.ts';
import { asSentence } from './error-sentence.ts';

/**
 * Puts a variant's values into the document, as one step of undo, and shows the first stage they change
 * to whoever is not at the document's own settings.
 * Gives a sentence of what they changed; null: they do not fit, and a message says why.
 */
export function takeVariant(app: App, variant: Variant): string | null {
  if (!app.mayEdit()) return null;
  const before = app.doc.document;
  const result = taken(before, variant);
  if (!result.ok) {
    app.tell('error', asSentence(result.error));
    return null;
  }
  const said = changeWords(before, result.value);
  if (said.length === 0) return `“${variant.name}” is what the document says already.`;
  app.doc.change(result.value);
  const words = `Took “${variant.name}”. ${said.join('; ')}.`;
  const stage = Object.keys(variant.set)
    .map((pointer) => parsePointer(pointer) ?? [])
    .find(([place]) => place === 'stages')?.[1];
  // Who takes it from the list of variants stays there.
  if (app.view.selection.kind === 'document') return words;
  if (stage === undefined) app.view.select({ kind: 'machine' });
  else app.graph.select([stage]);
  return words;
}
