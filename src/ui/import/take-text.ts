import { isLink } from '../../share/link/is-link.ts';
import { isResultFile } from '../../share/link/result-file.ts';
import { openDialog } from '../commands/open-dialog.ts';
import type { App } from '../state/app.svelte.ts';
import { importDesk } from './import-desk.svelte.ts';

/** Of "1.5" nobody means that it is a link. */
const linkLettersMin = 20;

/** The link that a text is, or that an address ends in; null: it is neither. */
export function onlyLink(text: string): string | null {
  const word = text.trim();
  const fragment = word.slice(Math.max(0, word.indexOf('#')));
  const isOne = isLink(fragment) && fragment.length >= linkLettersMin && !/\s/.test(word);
  return isOne ? fragment : null;
}

/** It is no document to be looked at first, but a link to be opened, or what somebody measured of this document. */
export const isNoImport = (text: string): boolean => onlyLink(text) !== null || isResultFile(text);

/**
 * A text from outside: a link is opened, a result is added to those of the open document; of anything else it is shown what it would be as a document, before it takes the
 * place of what is open.
 * @param name what a document made of it is called
 * @param file where it came as one that may have been meant as an item of the source
 */
export async function takeText(
  app: App,
  text: string,
  name: string,
  file: File | null = null,
): Promise<void> {
  const link = onlyLink(text);
  if (link !== null) {
    const { openLink } = await import('../opening/open-link.svelte.ts');
    return openLink(app, link);
  }
  if (isResultFile(text)) {
    const { addResult } = await import('../opening/add-result.ts');
    return addResult(app, text);
  }
  importDesk(app).take(text, name, file);
  await openDialog(app, 'import', name);
}
