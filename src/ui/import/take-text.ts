import { openDialog } from '../commands/open-dialog.ts';
import type { App } from '../state/app.svelte.ts';
import { importDesk } from './import-desk.svelte.ts';

/**
 * Shows what a text would be as a document, before it takes the place of what is open.
 * @param name what a document made of it is called
 * @param file where it came as one that may have been meant as an item of the source
 */
export async function previewText(
  app: App,
  text: string,
  name: string,
  file: File | null = null,
): Promise<void> {
  importDesk(app).take(text, name, file);
  await openDialog(app, 'import', name);
}
