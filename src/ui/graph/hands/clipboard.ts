import { copyStages } from '../../../pipeline/copy-stages.ts';
import { pasteStages, readPasted } from '../../../pipeline/paste-stages.ts';
import type { App } from '../../state/app.svelte.ts';
import { takePasted } from '../../state/stage-edits.ts';
import { asSentence } from '../../state/error-sentence.ts';
import { sourceId } from '../flow-model.ts';
import { counted } from './words.ts';

interface Copied {
  text: string;
  /** What the stages came after where they were copied. */
  parents: ReadonlyMap<string, readonly string[]>;
}
/** What was copied here last, for browsers that let no button read the clipboard. */
let lastCopied: Copied | null = null;
/** Pasted twice in a row, copies stand beside each other instead of one behind the other. */
let lastPasted: { ids: ReadonlySet<string>; after: string | null } | null = null;

/** The stages as text for the clipboard: a document of their own. null: there are none. */
export function copied({ doc, announcer }: App, ids: readonly string[]): string | null {
  const part = copyStages(doc.document, ids);
  if (part === null) return null;
  const text = `${JSON.stringify(part, null, 2)}\n`;
  const parents = new Map(doc.document.stages.map(({ id, after }) => [id, after ?? []]));
  lastCopied = { text, parents };
  announcer.say('clipboard', `Copied ${counted(part.stages.length)}`);
  return text;
}

/** The same for a button: browsers may refuse it, and keys still work then. */
export async function copyByButton(app: App, ids: readonly string[]): Promise<boolean> {
  const text = copied(app, ids);
  if (text === null) return false;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    app.messages.show(
      'info',
      'This browser keeps the clipboard from the page: what you copied can be pasted here, or press Ctrl+C in the graph.',
    );
  }
  return true;
}

export async function pasteByButton(app: App): Promise<string | null> {
  try {
    return pasteText(app, await navigator.clipboard.readText());
  } catch {
    if (lastCopied !== null) return pasteText(app, lastCopied.text);
    app.messages.show(
      'info',
      'This browser keeps the clipboard from the page: press Ctrl+V with the focus in the graph.',
    );
    return null;
  }
}

/**
 * Puts what is on the clipboard behind the node that has the focus, else behind the selected stage; with
 * neither, behind the stages it came after when it was copied, or at the source. Gives the first new stage;
 * null: refused, and said why.
 */
export function pasteText(app: App, text: string, focused: string | null = null): string | null {
  const { doc, graph, view } = app;
  const part = readPasted(text);
  if (!part.ok) {
    app.tell('error', `Nothing was pasted: ${asSentence(part.error).replace(/^\w/, lower)}`);
    return null;
  }
  const again = lastPasted !== null && sameSet(lastPasted.ids, graph.selected);
  const at = focused ?? (view.selection.kind === 'source' ? sourceId : view.selectedStage());
  const after = again && (at === null || lastPasted!.ids.has(at)) ? lastPasted!.after : at;
  const isOwn = lastCopied?.text.trim() === text.trim();
  const parentsOf = (id: string): readonly string[] => {
    if (after !== null) return after === sourceId ? [] : [after];
    return isOwn ? (lastCopied!.parents.get(id) ?? []) : [];
  };
  const first = takePasted(app, pasteStages(doc.document, part.value, parentsOf));
  if (first !== null) lastPasted = { ids: graph.selected, after };
  return first;
}

const lower = (letter: string): string => letter.toLowerCase();
const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((id) => b.has(id));
