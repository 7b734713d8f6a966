import type { PipelineDocument } from '../../pipeline/types.ts';
import type { SavedWorkspace } from '../services.ts';
import { addressLink } from '../opening/address.ts';
import type { App } from '../state/app.svelte.ts';
import { textOf, type Snapshot } from '../state/snapshot.ts';
import { newWork, workIn } from '../state/work.ts';
import { sayCopy } from './say-copy.ts';

const pauseMs = 400;

/**
 * Brings back what was open, then keeps every change of each document after a short pause, and at once when the page is
 * hidden or left. Nothing found: the first document of the gallery, so that the page is never empty. A link in the
 * address is opened on top of it.
 * @param onOpened what is worked on is there now; `shipped`: it is this one of the gallery; `isLinked`: a link was opened on top.
 */
export function startAutosave(
  app: App,
  onOpened: (shipped: PipelineDocument | null, isLinked: boolean) => void,
): () => void {
  const { workspace, firstDocument } = app.services;
  let stopped = false;
  let isOpened = false;
  let stopWatching = (): void => {};

  async function begin(): Promise<void> {
    // It is read while what was open is looked for.
    const linking = addressLink(app);
    const saved = await workspace.load().catch(() => null);
    if (stopped) return;
    const shipped = saved ? null : await firstDocument().catch(() => null);
    const link = await linking;
    if (stopped) return;
    // Typed while it was loading: that stays, and is saved.
    const isTyped = app.doc.canUndo;
    if (saved && isTyped) besideTyped(saved);
    else if (saved) app.doc.restore(saved.text, saved.lastGood, workIn(saved));
    else if (shipped && !isTyped)
      app.doc.restore(JSON.stringify(shipped), undefined, newWork(shipped.name));
    const isLinked = link?.(saved);
    // What a link has brought is saved like what is typed: after a reload it is the same work.
    const opened = isTyped || isLinked ? null : app.doc.present;
    isOpened = true;
    onOpened(isLinked ? null : shipped, isLinked === true);
    if (saved && !isLinked) sayCopy(app, saved);
    if (app.services.tabSettings.get('running') !== null)
      import('./interrupted-run.svelte.ts').then(
        ({ sayInterrupted }) => sayInterrupted(app),
        () => null,
      );
    // What was broken by hand meanwhile has been told of already.
    if (!isTyped && app.doc.textBroken) {
      app.view.tab = 'document';
      app.messages.show(
        'warning',
        'The text you were working on was kept, but it cannot be read yet: mend it in the Document tab.',
        undefined,
        () => !app.doc.textBroken,
      );
    }
    // At once: whoever types and leaves while storage is still being tried loses nothing either.
    stopWatching = watch(opened);
    if (await workspace.available().catch(() => false)) return;
    stopWatching();
    app.messages.showLasting(
      'warning',
      'This browser refuses storage, so your work is not kept when you close the page: save it as a file.',
    );
  }

  function besideTyped(saved: SavedWorkspace): void {
    app.doc.restoreBelow(saved.lastGood ?? saved.text, workIn(saved));
    app.messages.show(
      'info',
      'You changed this page before your earlier work had come back; what you changed stays open.',
      { label: 'Open the earlier work', run: () => app.openSaved(saved) },
    );
  }

  /** @param opened what needs no saving: anything else is saved, however early it was typed. */
  function watch(opened: Snapshot | null): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    /** Handed over to be saved, and known to be. */
    let asked = opened;
    let kept = opened;
    let last = app.doc.present;
    const save = (snapshot: Snapshot): void => {
      clearTimeout(timer);
      if (snapshot === asked) return;
      asked = snapshot;
      workspace.save(workspaceOf(snapshot)).then(
        () => (kept = snapshot),
        (error: unknown) => {
          asked = null;
          app.messages.show(
            'warning',
            `Your work could not be kept in this browser: ${(error as Error).message}`,
          );
        },
      );
    };
    const saveAtOnce = (): void => {
      const { present } = app.doc;
      if (present !== kept) workspace.saveAtOnce(workspaceOf(present));
      save(present);
    };
    const hide = (): void => {
      if (document.visibilityState === 'hidden') saveAtOnce();
    };
    const leave = (): void => {
      takeTyped();
      saveAtOnce();
    };
    /** Where there is no room for a note, the browser asks before the last moments are lost. */
    const ask = (event: BeforeUnloadEvent): void => {
      takeTyped();
      const { present } = app.doc;
      save(present);
      if (present !== kept && !workspace.saveAtOnce(workspaceOf(present))) event.preventDefault();
    };
    document.addEventListener('visibilitychange', hide);
    addEventListener('beforeunload', ask);
    addEventListener('pagehide', leave);
    const stopEffect = $effect.root(() => {
      $effect(() => {
        const { present } = app.doc;
        // Another document came in the middle of the pause: what was typed before is kept all the same.
        if (present.work.id !== last.work.id && last.work.isEdited) save(last);
        last = present;
        clearTimeout(timer);
        timer = setTimeout(() => save(present), pauseMs);
      });
    });
    return () => {
      clearTimeout(timer);
      stopEffect();
      document.removeEventListener('visibilitychange', hide);
      removeEventListener('beforeunload', ask);
      removeEventListener('pagehide', leave);
    };
  }

  begin().catch((error: unknown) => {
    // Whoever waits for it goes on with what is there.
    if (!isOpened) onOpened(null, false);
    throw error;
  });
  return () => {
    stopped = true;
    stopWatching();
  };
}

function workspaceOf(snapshot: Snapshot): SavedWorkspace {
  const { document, brokenText, work } = snapshot;
  return {
    ...work,
    name: document.name ?? 'Untitled',
    text: textOf(snapshot),
    ...(brokenText !== null && { lastGood: JSON.stringify(document, null, 2) }),
    savedAt: Date.now(),
  };
}

/** A field that is taken over only when it is left (the id of a stage) is left now. */
function takeTyped(): void {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
    field.dispatchEvent(new Event('change', { bubbles: true }));
}
