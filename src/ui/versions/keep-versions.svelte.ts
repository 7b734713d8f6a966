import { untrack } from 'svelte';
import type { App } from '../state/app.svelte.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { storeVersion } from './keep-version.ts';

/** Of work that goes on, ms. */
const everyMs = 5 * 60_000;

/**
 * Keeps versions of what is edited: as it was before the first edit, every few minutes, before each run,
 * and when another document takes its place. What is only looked at leaves none.
 * @param seen what was there when this was asked for.
 * @returns what ends it.
 */
export function keepVersions(app: App, seen: Snapshot): () => void {
  return $effect.root(() => {
    watchEdits(app, seen);
    watchRuns(app);
  });
}

function watchEdits(app: App, seen: Snapshot): void {
  let opened = seen;
  /** Before anything of it that was kept here: what is kept by hand may have come before all this. */
  let openedAtMs = Math.floor(performance.timeOrigin);
  let last = seen;
  /** The last of this work that was kept; null: it has not been edited here. */
  let kept: Snapshot | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (snapshot: Snapshot, why: 'opened' | 'edited'): void => {
    clearTimeout(timer);
    timer = undefined;
    if (snapshot === kept) return;
    kept = snapshot;
    void storeVersion(app, snapshot, why, why === 'opened' ? { atMs: openedAtMs } : {});
  };
  $effect(() => {
    const { present } = app.doc;
    const before = last;
    last = present;
    if (present.work.id !== opened.work.id) {
      if (kept !== null) keep(before, 'edited');
      opened = present;
      openedAtMs = Date.now();
      kept = null;
      return;
    }
    if (present === opened || !present.work.isEdited) return;
    if (kept === null) keep(opened, 'opened');
    timer ??= setTimeout(() => keep(last, 'edited'), everyMs);
  });
  $effect(() => () => clearTimeout(timer));
}

function watchRuns(app: App): void {
  $effect(() => {
    if (app.runs.current?.work.isEdited !== true) return;
    untrack(() => void storeVersion(app, app.doc.present, 'ran'));
  });
}
