import type { App } from '../state/app.svelte.ts';
import type { DialogName } from './dialogs.ts';

/** No part of the first load knows more of dialogs than this. */
export const loadDialogs = () => import('./dialogs.ts');

/** @param about what it opens at, such as a term of the glossary. */
export async function openDialog(app: App, name: DialogName, about = ''): Promise<void> {
  try {
    const { loadDialog } = await loadDialogs();
    app.view.dialog = { Dialog: (await loadDialog[name]()).default, about };
  } catch {
    app.messages.show('error', 'This could not be loaded: check the connection and try again.');
  }
}
