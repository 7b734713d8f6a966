import { focusNode } from '../focus-node.ts';
import type { App } from '../../state/app.svelte.ts';
import { idsAbout, remove } from './actions.ts';
import { copied, copyByButton, pasteText } from './clipboard.ts';
import type { Focused } from './graph-keys.ts';

/** Ctrl+C, Ctrl+X and Ctrl+V with the focus in the graph: the browser hands the clipboard over unasked. */
export function takeClipboardEvent(app: App, focused: Focused, event: ClipboardEvent): void {
  if (event.defaultPrevented) return;
  if (event.type === 'paste') {
    event.preventDefault();
    paste(app, focused, event.clipboardData?.getData('text/plain') ?? '');
    return;
  }
  const ids = idsTaken(app, focused);
  const text = copied(app, ids);
  if (text === null) return;
  event.clipboardData?.setData('text/plain', text);
  event.preventDefault();
  if (event.type === 'cut') remove(app, ids);
}

/**
 * The same for an event that was over before this had been loaded: the clipboard is then asked for.
 * @param text what was on the clipboard when it was pasted.
 */
export async function takeLateClipboard(
  app: App,
  focused: Focused,
  type: string,
  text: string,
): Promise<void> {
  if (type === 'paste') return paste(app, focused, text);
  const ids = idsTaken(app, focused);
  if ((await copyByButton(app, ids)) && type === 'cut') remove(app, ids);
}

function paste(app: App, focused: Focused, text: string): void {
  const first = pasteText(app, text, nodeOf(focused));
  if (first !== null) focusNode(first);
}

const nodeOf = (focused: Focused): string | null => (focused.kind === 'node' ? focused.id : null);

/** None: text that somebody has marked elsewhere on the page is meant, or there is nothing to take. */
function idsTaken(app: App, focused: Focused): string[] {
  if (focused.kind === 'edge' || getSelection()?.isCollapsed === false) return [];
  return idsAbout(app, nodeOf(focused));
}
