import { untrack } from 'svelte';
import type { App } from '../state/app.svelte.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { keepOpening, pageBeganAtMs, stateAtOpening, storeVersion } from './keep-version.ts';

/** Of work that goes on, ms. */
const everyMs = 5 * 60_000;

/**
 * Keeps versions of what is edited: as it was before the first edit, every few minutes, before each run,
 * and when another document takes its place. What is only looked at leaves none.
 * @returns what ends it.
 */
export function keepVersions(app: App): () => void {
  return $effect.root(() => {
    watchEdits(app);
    watchRuns(app);
  });
}

function watchEdits(app: App): void {
  // Not the present: this may have come late, with another document opened and changed.
  let opened = stateAtOpening(app.doc.history);
  let openedAtMs = pageBeganAtMs();
  let last = app.doc.present;
  /** The last of this work that was kept; null: it has not been edited here. */
  let kept: Snapshot | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (snapshot: Snapshot): void => {
    clearTimeout(timer);
    timer = undefined;
    if (snapshot === kept) return;
    kept = snapshot;
    void storeVersion(app, snapshot, 'edited');
  };
  $effect(() => {
    const { present } = app.doc;
    const before = last;
    last = present;
    if (present.work.id !== opened.work.id) {
      if (kept !== null) keep(before);
      opened = present;
      openedAtMs = Date.now();
      kept = null;
      return;
    }
    if (present === opened || !present.work.isEdited) return;
    if (kept === null) {
      kept = opened;
      void keepOpening(app, opened, openedAtMs);
    }
    timer ??= setTimeout(() => keep(last), everyMs);
  });
  $effect(() => () => clearTimeout(timer));
}

function watchRuns(app: App): void {
  $effect(() => {
    if (app.runs.current?.work.isEdited !== true) return;
    untrack(() => void storeVersion(app, app.doc.present, 'ran'));
  });
}
