import type { VersionFacts } from '../services.ts';
import { openDialog } from '../commands/open-dialog.ts';
import type { App } from '../state/app.svelte.ts';
import type { History } from '../state/history.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { factsOf, keptAgain } from './version.ts';

/** Pages that have been told that nothing can be kept. */
const told = new WeakSet<App>();

/**
 * Keeps a state as a version of its work; the same as the newest is kept once. What cannot be read is no
 * version but by hand, or before it is replaced. Says it, once, when the browser has no room.
 * @param atMs since when it was so, ms since 1970.
 * @returns false: it could not be kept.
 */
export async function storeVersion(
  app: App,
  snapshot: Snapshot,
  why: VersionFacts['why'],
  { name = '', atMs = Date.now() }: { name?: string; atMs?: number } = {},
): Promise<boolean> {
  if (snapshot.brokenText !== null && why !== 'byHand' && why !== 'replaced') return true;
  const { facts, text } = factsOf(snapshot, why, atMs);
  const named = name ? { ...facts, name } : facts;
  try {
    const versions = await app.services.versions();
    await versions.keep(snapshot.work.id, named, text, (newest) => keptAgain(newest, named));
    return true;
  } catch (error) {
    if (!told.has(app) || why === 'byHand')
      app.messages.show(
        'warning',
        `${why === 'byHand' ? 'This version' : 'An earlier version of your work'} could not be kept: ${reasonOf(error)}.`,
      );
    told.add(app);
    return false;
  }
}

/** The present's work before its edits. */
export function stateAtOpening({ past, present }: History<Snapshot>): Snapshot {
  const other = past.findLastIndex(({ work }) => work.id !== present.work.id);
  return past[other + 1] ?? present;
}

/** Before anything that was kept here, whatever was kept first. */
export const pageBeganAtMs = (): number => Math.floor(performance.timeOrigin);

const keptOpenings = new WeakSet<Snapshot>();

/** Work as it was opened, once. @param atMs see {@link storeVersion}. */
export async function keepOpening(app: App, opened: Snapshot, atMs: number): Promise<void> {
  if (keptOpenings.has(opened)) return;
  keptOpenings.add(opened);
  await storeVersion(app, opened, 'opened', { atMs });
}

/** What is open now, at the reader's wish; "": without a name. @returns false: it could not be kept, which is said. */
export async function keepByHand(app: App, name: string): Promise<boolean> {
  const opened = stateAtOpening(app.doc.history);
  // What watches for edits may not be there yet, and the page may be gone before it comes.
  if (opened !== app.doc.present) await keepOpening(app, opened, pageBeganAtMs());
  return storeVersion(app, app.doc.present, 'byHand', { name });
}

/** The same of a key or a command: says that it is done. */
export async function keepAndSay(app: App): Promise<void> {
  const { present } = app.doc;
  if (!(await keepByHand(app, ''))) return;
  app.messages.show(
    'info',
    `Kept this version of ${app.doc.title} in this browser.`,
    { label: 'Versions', run: () => void openDialog(app, 'versions') },
    () => app.doc.present !== present,
  );
}

/** As one step that can be undone; what is open is kept as a version before. @param when of that version, for the banner. */
export async function restoreVersion(app: App, text: string, when: string): Promise<void> {
  await storeVersion(app, app.doc.present, 'replaced');
  const { doc } = app;
  doc.endGesture();
  doc.typeText(text);
  doc.endGesture();
  const { present } = doc;
  if (doc.textBroken) app.view.tab = 'document';
  app.messages.show(
    'info',
    `Restored the version of ${when}.`,
    { label: 'Undo', run: () => app.undo() },
    () => app.doc.present !== present,
  );
}

function reasonOf(error: unknown): string {
  const { name, message } = error as Error;
  if (name === 'QuotaExceededError') return 'the browser has no more room, so save it as a file';
  return `${message.replace(/\.$/, '') || name}, so save it as a file`;
}
