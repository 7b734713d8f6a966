import type { GalleryEntry } from '../services.ts';
import type { App } from '../state/app.svelte.ts';

/** Opens a document of the gallery; one that does not come is said. Resolves with whether it is there. */
export async function openEntry(app: App, { title, load }: GalleryEntry): Promise<boolean> {
  try {
    app.open(await load(), title);
    return true;
  } catch {
    app.messages.show(
      'error',
      `"${title}" could not be loaded: check the connection and try again.`,
    );
    return false;
  }
}
