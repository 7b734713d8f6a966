import type { App } from '../state/app.svelte.ts';

/** Nobody waits for it: it comes when the page has been there for a while, ms. */
const pauseMs = 4000;

/** What a first picture does not need: the page's own files are kept, and what is to be said of that. */
export function afterFirstLoad(app: App): () => void {
  const timer = setTimeout(() => {
    import('./offline.svelte.ts').then(
      ({ workOffline }) => workOffline(app),
      // Without a connection there is nothing to be kept now.
      () => null,
    );
  }, pauseMs);
  return () => clearTimeout(timer);
}
