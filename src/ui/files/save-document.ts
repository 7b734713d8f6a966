import type { App } from '../state/app.svelte.ts';
import { fileNameOf, saveText } from './save.ts';

/** Gives the document to the reader as a file, exactly as its text stands. */
export function saveDocument({ doc, messages }: App): void {
  saveText(`${fileNameOf(doc.document.name)}.millrace.json`, doc.text);
  if (doc.textBroken)
    messages.show(
      'warning',
      'What was saved is the text of the Document tab as it stands, and it cannot be read yet: mend it there and save it again.',
      undefined,
      () => !doc.textBroken,
    );
}
