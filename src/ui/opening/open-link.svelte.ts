import { hasCode } from '../../pipeline/has-code.ts';
import { isLink } from '../../share/link/is-link.ts';
import type { LinkContent } from '../../share/link/link-content.ts';
import { readLink } from '../../share/link/link-text.ts';
import { openDialog } from '../commands/open-dialog.ts';
import type { SavedWorkspace } from '../services.ts';
import { applyView } from '../share/view-of.ts';
import type { App } from '../state/app.svelte.ts';
import { forgetDocument } from '../state/forget-document.ts';
import { newWork } from '../state/work.ts';
import { linkIn } from '../../share/link/link-in.ts';
import { linkDesk } from './link-desk.svelte.ts';

/**
 * Opens a link that has been read, or says why it is none.
 * @param saved the work that was open here before a reload; null: there is none, or nothing was loaded anew
 * @returns whether the link has brought in another document
 */
export type PreparedLink = (saved: SavedWorkspace | null) => boolean;

/** Of each page, how often a link was asked for: one that is read for long must not replace a later one. */
const asked = new WeakMap<App, number>();

/** Reads a link. Nothing of what is in it is run, now or when it is opened. */
export async function prepareLink(app: App, fragment: string): Promise<PreparedLink> {
  const nth = (asked.get(app) ?? 0) + 1;
  asked.set(app, nth);
  const desk = linkDesk(app);
  const [read] = await Promise.all([
    readLink(fragment),
    // It is shown at once then; if it does not come, the page says so when it wants it.
    import('./LinkCard.svelte').catch(() => null),
  ]);
  return (saved) => {
    if (asked.get(app) !== nth) return false;
    if (!read.ok) {
      refuse(app, read.error);
      return false;
    }
    desk.note(fragment, read.value);
    // The page was loaded anew: what has been made of the link's document since is there already.
    const isBack = saved?.link === fragment && desk.wasOpenedInThisTab;
    if (!isBack) openContent(app, fragment, read.value);
    keepAddressTrue(app);
    return !isBack;
  };
}

/**
 * Opens a link, or an address with one, as one step that undo takes back. A bad one is said and changes nothing.
 * Never rejects.
 */
export async function openLink(app: App, text: string): Promise<void> {
  const open = await prepareLink(app, linkIn(text) ?? text);
  open(null);
}

function openContent(app: App, link: string, content: LinkContent): void {
  const { document, view } = content;
  app.doc.open(document, { ...newWork(), link });
  forgetDocument(app);
  linkDesk(app).fold(isForLesson(content));
  if (view) applyView(app, view);
}

/** A lesson, or answers to one, need the room; what is to be said of a link is still said first: its code, its claim. */
const isForLesson = ({ document, note, result }: LinkContent): boolean =>
  document.lesson !== undefined && note === undefined && result === undefined && !hasCode(document);

function refuse(app: App, why: string): void {
  app.messages.show('error', why, {
    label: 'Open the gallery',
    run: () => void openDialog(app, 'gallery'),
  });
}

const kept = new WeakSet<App>();

/**
 * The address must not say what is no longer there: the link leaves it with the first edit, and with the first other
 * document. So a reload after an edit brings back the work, not the link's document.
 */
function keepAddressTrue(app: App): void {
  if (kept.has(app)) return;
  kept.add(app);
  $effect.root(() => {
    $effect(() => {
      const { link, isEdited } = app.doc.present.work;
      const { hash, pathname, search } = location;
      if (isLink(hash) && (isEdited || link !== hash))
        history.replaceState(history.state, '', pathname + search);
    });
  });
}
