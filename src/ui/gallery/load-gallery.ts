import type { App } from '../state/app.svelte.ts';

/** The gallery comes when it is first opened. One that does not come (null) is closed again, and that is said. */
export async function loadGallery(app: App) {
  try {
    const [{ default: Gallery }, entries] = await Promise.all([
      import('./Gallery.svelte'),
      app.services.gallery(),
    ]);
    return { Gallery, entries };
  } catch {
    app.view.galleryOpen = false;
    app.messages.show(
      'error',
      'The gallery could not be loaded: check the connection and open it again.',
    );
    return null;
  }
}
