import { isLink } from '../../share/link/is-link.ts';
import type { DialogName } from '../commands/dialogs.ts';
import { openDialog } from '../commands/open-dialog.ts';
import type { App } from '../state/app.svelte.ts';
import type { PreparedLink } from './open-link.svelte.ts';

/** What the address holds if it is meant to be a link, or names a page of its own, ready to be opened; null: neither. */
export async function addressLink(app: App): Promise<PreparedLink | null> {
  const { hash } = location;
  const [, page, about] = /^#(gallery|ledger)(.*)/.exec(hash) ?? [];
  if (page)
    return () => {
      void openDialog(app, page as DialogName, about);
      return false;
    };
  const { link, isEdited } = app.doc.present.work;
  // Back from such a page: the link's document is still there.
  if (!isLink(hash) || (link === hash && !isEdited)) return null;
  try {
    return await (await import('./open-link.svelte.ts')).prepareLink(app, hash);
  } catch {
    return () => {
      const why = 'The link could not be opened: check the connection and reload the page.';
      app.messages.show('error', why);
      return false;
    };
  }
}

/** Another address was entered on a page that is open already. */
export const openAddress = async (app: App): Promise<void> => void (await addressLink(app))?.(null);
