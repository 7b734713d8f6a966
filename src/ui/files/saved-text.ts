import { lessonDesk } from '../lesson/lesson-desk.svelte.ts';
import type { App } from '../state/app.svelte.ts';

/** What is saved of a document that cannot be read, or has a lesson; says what is to be known of it. */
export function savedText(app: App): string {
  const { doc, messages } = app;
  if (doc.textBroken) {
    messages.show(
      'warning',
      'What was saved is the text of the Document tab as it stands, and it cannot be read yet: mend it there and save it again.',
      undefined,
      () => !doc.textBroken,
    );
    return doc.text;
  }
  const { shared } = lessonDesk(app);
  if (shared === doc.document) return doc.text;
  app.tell('info', 'Saved as the lesson begins, without the settings of the step that is open.');
  return JSON.stringify(shared, null, 2);
}
