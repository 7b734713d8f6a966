import { formatCount } from '../../base/units.ts';
import type { App } from '../state/app.svelte.ts';
import type { Taken } from './read-input.ts';

/** Files the reader picked or dropped; a document that reads something else is switched to them. */
export function takeFiles(app: App, { files, unreadable, isCut }: Taken): void {
  if (unreadable.length > 0) {
    const named = unreadable.slice(0, 3).join(', ') + (unreadable.length > 3 ? ' …' : '');
    app.messages.show('warning', `The browser refused to read ${named}; the rest was taken.`);
  }
  if (files.length === 0) {
    app.messages.show('warning', 'There was no readable file in what you gave: pick other files.');
    return;
  }
  if (isCut)
    app.messages.show(
      'warning',
      `There are more files than a run takes: ${formatCount(files.length)} of them were taken, the others left out.`,
    );
  app.runs.files = files;
  if (app.doc.document.source?.kind !== 'files') app.set('/source', { kind: 'files', files: {} });
  app.view.select({ kind: 'source' });
  app.prediction.request(app.doc.pipeline);
}
