import type { PipelineDocument } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';

const pauseMs = 400;

/**
 * Brings back what was open, then keeps every change after a short pause and when the page is hidden.
 * Nothing found: the first document of the gallery, so that the page is never empty.
 * @param onOpened what is worked on is there now; `shipped`: it is this one of the gallery.
 */
export function startAutosave(
  app: App,
  onOpened: (shipped: PipelineDocument | null) => void,
): () => void {
  const { workspace, gallery } = app.services;
  let stopped = false;
  let stopWatching = (): void => {};

  async function begin(): Promise<void> {
    const saved = await workspace.load().catch(() => null);
    if (stopped) return;
    let shipped: PipelineDocument | null = null;
    let isTyped = false;
    if (saved) app.doc.restore(saved.text, saved.lastGood);
    else {
      shipped = (await gallery[0]?.load().catch(() => null)) ?? null;
      if (stopped) return;
      // Typed while it was loading: that stays, and is saved.
      isTyped = app.doc.canUndo;
      if (shipped && !isTyped) app.doc.restore(JSON.stringify(shipped));
    }
    const opened = isTyped ? '' : app.doc.text;
    onOpened(shipped);
    if (app.doc.textBroken) {
      app.view.tab = 'document';
      app.messages.show(
        'warning',
        'The text you were working on was kept, but it cannot be read yet: mend it in the Document tab.',
      );
    }
    if (!(await workspace.available().catch(() => false)))
      app.messages.showLasting(
        'warning',
        'This browser refuses storage, so your work is not kept when you close the page: save it as a file.',
      );
    else if (!stopped) stopWatching = watch(opened);
  }

  /** @param opened what needs no saving: anything else is saved, however early it was typed. */
  function watch(opened: string): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let kept = opened;
    const save = (): void => {
      clearTimeout(timer);
      const { text } = app.doc;
      if (text === kept) return;
      kept = text;
      const lastGood = app.doc.textBroken ? JSON.stringify(app.doc.document, null, 2) : null;
      workspace
        .save({ text, ...(lastGood !== null && { lastGood }), savedAt: Date.now() })
        .catch((error: unknown) => {
          kept = '';
          app.messages.show(
            'warning',
            `Your work could not be kept in this browser: ${(error as Error).message}`,
          );
        });
    };
    const leaving = (): void => {
      if (document.visibilityState === 'hidden') save();
    };
    document.addEventListener('visibilitychange', leaving);
    const stopEffect = $effect.root(() => {
      $effect(() => {
        // A dependency on what is shown, not on the text: that is worked out only when it is saved.
        void app.doc.document;
        void app.doc.textBroken;
        void app.doc.problems;
        clearTimeout(timer);
        timer = setTimeout(save, pauseMs);
      });
    });
    return () => {
      clearTimeout(timer);
      stopEffect();
      document.removeEventListener('visibilitychange', leaving);
    };
  }

  void begin();
  return () => {
    stopped = true;
    stopWatching();
  };
}
