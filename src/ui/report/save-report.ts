import { htmlReport } from '../../share/report/html.ts';
import { markdownReport } from '../../share/report/markdown.ts';
import { fileNameOf, saveBlob } from '../files/save.ts';
import type { App } from '../state/app.svelte.ts';
import { gatherReport } from './gather-report.ts';

/** Gives the reader all that is known of the document as a file that opens anywhere, without a connection. */
export async function saveReport(app: App): Promise<void> {
  const report = await gatherReport(app, Date.now());
  const file = new Blob([htmlReport(report)], { type: 'text/html' });
  saveBlob(`${fileNameOf(app.doc.document.name)}-report.html`, file);
  app.announcer.say('report', 'Saved the report as an HTML file.');
}

/** The same in words and tables, to be pasted where a text is written; a file where the clipboard is refused. */
export async function copyReport(app: App): Promise<void> {
  const text = markdownReport(await gatherReport(app, Date.now()));
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    saveBlob(
      `${fileNameOf(app.doc.document.name)}-report.md`,
      new Blob([text], { type: 'text/markdown' }),
    );
    app.messages.show(
      'info',
      'This browser does not let the page copy, so the report was saved as a Markdown file.',
    );
    return;
  }
  app.tell('info', 'Copied the report as Markdown.');
}
