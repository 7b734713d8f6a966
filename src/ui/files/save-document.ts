import type { App } from '../state/app.svelte.ts';
import { fileNameOf, saveText } from './save.ts';

/** Gives the document to the reader as a file, as its text stands; a lesson that goes on, as it begins. */
export async function saveDocument(app: App): Promise<void> {
  const { doc } = app;
  const isPlain = !doc.textBroken && !doc.document.lesson;
  // If it does not come, nothing is lost: then the text is saved that stands there.
  const loaded = isPlain ? null : await import('./saved-text.ts').catch(() => null);
  const text = loaded ? loaded.savedText(app) : doc.text;
  saveText(`${fileNameOf(doc.document.name)}.millrace.json`, text);
}
