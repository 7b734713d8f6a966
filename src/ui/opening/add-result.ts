import { tick } from 'svelte';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { ClaimedResult, LinkContent } from '../../share/link/link-content.ts';
import { readLink } from '../../share/link/link-text.ts';
import { isResultFile, readResultFile } from '../../share/link/result-file.ts';
import type { Result } from '../../base/result.ts';
import type { App } from '../state/app.svelte.ts';
import { sameWork } from '../state/same-work.ts';
import { changeWords } from '../versions/change-words.ts';
import { linkDesk } from './link-desk.svelte.ts';
import { linkIn } from './link-in.ts';
import { machinesDesk } from './machines-desk.svelte.ts';

/**
 * Adds what somebody measured on another machine to the comparison of the open document, and goes there. What is of
 * another document, or holds no result, is said and changes nothing. Never rejects.
 * @param text of a result's file; or a link, or an address with one
 */
export async function addResult(app: App, text: string): Promise<void> {
  const read = await readMeasured(text);
  if (!read.ok) return app.messages.show('error', read.error);
  const { document, result } = read.value;
  if (result === undefined)
    return app.messages.show('error', 'The link claims no result, so there is nothing to add.');
  if (!sameWork(document, app.doc.document))
    return app.messages.show('error', otherDocument(app.doc.document, document), {
      label: 'Open its document',
      run: () => app.open(document),
    });
  const isNew = !isOfLink(app, result) && (await machinesDesk(app).add({ ...read.value, result }));
  app.view.tab = 'compare';
  app.tell('info', isNew ? 'The result was added.' : 'This result is there already.');
  await tick();
  window.document.querySelector('.machines')?.scrollIntoView({ block: 'nearest' });
}

/** The open document's own link has a row of its own. */
function isOfLink(app: App, result: ClaimedResult): boolean {
  const { content } = linkDesk(app);
  return (
    content?.result !== undefined &&
    sameWork(content.document, app.doc.document) &&
    JSON.stringify(content.result) === JSON.stringify(result)
  );
}

async function readMeasured(text: string): Promise<Result<LinkContent>> {
  const link = linkIn(text);
  if (isResultFile(text) || link === null) return readResultFile(text);
  return readLink(link);
}

function otherDocument(open: PipelineDocument, other: PipelineDocument): string {
  const differences = changeWords(workOf(open), workOf(other));
  const what = differences.length > 0 ? ` (there: ${differences.join('; ')})` : '';
  return `This result is of another document than ${open.name ? `“${open.name}”` : 'the open one'}${what}.`;
}

/** Without what only describes it. */
function workOf(document: PipelineDocument): PipelineDocument {
  const {
    name: _n,
    notes: _o,
    lesson: _l,
    variants: _v,
    targets: _t,
    sweep: _s,
    ...work
  } = document;
  return work;
}
