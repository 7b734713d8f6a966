import { loadPlaceInLayers } from '../graph/layout.ts';
import { loadReading } from '../files/load-reading.ts';
import { loadInspector } from '../inspector/load-inspector.ts';
import { loadEditorTab, loadTab } from '../tabs/load-tabs.ts';
import { help } from '../parts/help.svelte.ts';
import type { App } from '../state/app.svelte.ts';
import { loadCharts } from '../timeline/load-charts.ts';

const signsOfLife = ['pointermove', 'pointerdown', 'keydown'] as const;

/**
 * The first sign of a reader's hands fetches the small panels the next click may open, so that they
 * open at once, and from then on the focus is looked after. Somebody who only looks does not pay for
 * them. What changes is said aloud from then on too. Returns what ends it.
 */
export function warmUp(app: App): () => void {
  const stop = new AbortController();
  let isOver = false;
  let end = (): void => {
    isOver = true;
    stop.abort();
  };
  const start = (): void => {
    stop.abort();
    // Without them nothing but explanations is missing.
    help.load().catch(() => null);
    const seen = app.doc.present;
    Promise.all([import('./keep-focus.ts'), import('./announce.svelte.ts')]).then(
      ([{ keepFocus }, { announce }]) => {
        if (isOver) return;
        const ends = [keepFocus(), announce(app, seen)];
        end = () => ends.forEach((each) => each());
      },
      // The page works without; the focus may then be lost with what had it.
      () => null,
    );
    void fetchAll();
  };
  for (const sign of signsOfLife)
    addEventListener(sign, start, { signal: stop.signal, passive: true, capture: true });
  return () => end();
}

/** One after the other: nothing that is asked for meanwhile has to wait for all of them. */
async function fetchAll(): Promise<void> {
  const loads = [...Object.values(loadInspector), ...Object.values(loadTab), loadEditorTab];
  for (const load of [...loads, loadCharts, loadPlaceInLayers, loadReading]) {
    // It is asked for again when it is needed, and what goes wrong then is said.
    await load().catch(() => null);
  }
}
