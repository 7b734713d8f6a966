import type { App } from '../state/app.svelte.ts';

/** The last three: of those who speak, or whose aids press and type for them. */
const signsOfLife = ['pointermove', 'pointerdown', 'keydown', 'focusin', 'click', 'input'] as const;

/**
 * The first sign of a reader's hands fetches what only hands and ears need: somebody who only looks does not
 * pay for it. `isFirstVisit`: nothing was open before, so what is there is the first document. Returns what
 * ends it.
 */
export function warmUp(app: App, isFirstVisit: () => boolean): () => void {
  const stop = new AbortController();
  let end = (): void => stop.abort();
  const start = (): void => {
    stop.abort();
    let isOver = false;
    end = () => (isOver = true);
    const seen = app.doc.present;
    import('./welcome-hands.ts').then(
      ({ welcomeHands }) => {
        if (!isOver) end = welcomeHands(app, seen, isFirstVisit);
      },
      // The page works without; the focus may then be lost with what had it.
      () => null,
    );
  };
  for (const sign of signsOfLife)
    addEventListener(sign, start, { signal: stop.signal, passive: true, capture: true });
  return () => end();
}
