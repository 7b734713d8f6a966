import { isLink } from '../../share/link/is-link.ts';
import type { App } from '../state/app.svelte.ts';
import type { PreparedLink } from './open-link.svelte.ts';

/** What the address holds if it is meant to be a link, read and ready to be opened; null: it holds none. */
export async function addressLink(app: App): Promise<PreparedLink | null> {
  const { hash } = location;
  if (!isLink(hash)) return null;
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
