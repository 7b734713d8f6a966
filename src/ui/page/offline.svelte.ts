import type { App } from '../state/app.svelte.ts';

const dismissed = 'isolation-notice';

/**
 * Has the page's own files kept, and says what a reader must know of that: a newer version, which is
 * never loaded unless asked for, and a clock that is coarse because the page is not isolated.
 */
export async function workOffline(app: App): Promise<void> {
  const { offline, environment } = app.services;
  const wasAnswered = navigator.serviceWorker?.controller != null;
  const isBusy = (): boolean => app.busy;
  $effect.root(() => {
    $effect(() => (isBusy() ? whileBusy(app) : undefined));
  });
  const isKept = await offline.keep({
    onNewVersion: (take) => whenIdle(app, () => sayNewVersion(app, take)),
    onReplaced: () =>
      whenIdle(app, () =>
        app.messages.float(
          'Another tab has loaded the new version of Millrace. This one goes on with the old one until it is reloaded.',
          { action: { label: 'Reload now', run: () => reload(app) } },
        ),
      ),
  });
  if (!environment.isolated) whenIdle(app, () => sayCoarse(app, isKept && !wasAnswered));
}

function sayNewVersion(app: App, take: () => Promise<void>): void {
  app.messages.float('A new version of Millrace is ready. Your work is kept over the reload.', {
    action: {
      label: 'Reload now',
      run: () => {
        if (mayReload(app, () => sayNewVersion(app, take))) void take().then(() => reload(app));
      },
    },
  });
}

/** @param mends a reload: the service worker answers for the page from then on, and isolates it. */
function sayCoarse(app: App, mends: boolean): void {
  const what =
    'This page is not isolated from others, so its clock ticks in steps of 0.1 ms or more and short tasks are measured less precisely.';
  if (mends)
    app.messages.float(`${what} Reloading it once mends that.`, {
      action: { label: 'Reload now', run: () => reload(app) },
    });
  else if (app.services.settings.get(dismissed) === null)
    app.messages.float(
      `${what} Whoever serves it can mend that with two headers: Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.`,
      { onDismiss: () => app.services.settings.set(dismissed, 'yes') },
    );
}

/** Work is kept by whoever leaves the page; a run would be lost. @param again says it anew. */
function mayReload(app: App, again: () => void): boolean {
  if (!app.busy) return true;
  app.messages.show('info', 'A run is going on: stop it, or reload when it is over.');
  whenIdle(app, again);
  return false;
}

function reload(app: App): void {
  if (mayReload(app, () => null)) location.reload();
}

/** Once: now, or when what runs is over. */
function whenIdle(app: App, act: () => void): void {
  const stop = $effect.root(() => {
    $effect(() => {
      if (app.busy) return;
      act();
      queueMicrotask(() => stop());
    });
  });
}

/** Nothing is fetched in the background until what this gives is called. */
function whileBusy({ services: { offline } }: App): () => void {
  let isOver = false;
  let release = (): void => {};
  offline.holdBusy().then(
    (given) => {
      if (isOver) given();
      else release = given;
    },
    () => null,
  );
  return () => {
    isOver = true;
    release();
  };
}
