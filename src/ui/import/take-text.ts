import { isLedgerFile } from '../../share/ledger/ledger-file.ts';
import { isResultFile } from '../../share/link/result-file.ts';
import { openDialog } from '../commands/open-dialog.ts';
import { onlyLink } from '../../share/link/link-in.ts';
import type { App } from '../state/app.svelte.ts';
import { importDesk } from './import-desk.svelte.ts';

/** What came of the claims of the ledger on some machine: a file, or a link to it. */
const isLedger = (text: string): boolean =>
  isLedgerFile(text) || (/#ledger\.\d+\./.test(text) && !/\s/.test(text.trim()));

/** It is no document to be looked at first, but a link to be opened, or what somebody measured of this document. */
export const isNoImport = (text: string): boolean =>
  onlyLink(text) !== null || isResultFile(text) || isLedger(text);

/**
 * A text from outside: a link is opened, a result is added to those of the open document, a ledger to the others in the
 * claims ledger; of anything else it is shown what it would be as a document, before it takes the place of what is open.
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
    await addResult(app, text);
    return;
  }
  if (isLedger(text)) {
    const { ledgerDesk } = await import('../ledger/ledger-desk.svelte.ts');
    await ledgerDesk(app).add(text);
    return openDialog(app, 'ledger');
  }
  importDesk(app).take(text, name, file);
  await openDialog(app, 'import', name);
}
