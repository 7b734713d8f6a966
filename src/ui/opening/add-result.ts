import { tick } from 'svelte';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { ClaimedResult, LinkContent } from '../../share/link/link-content.ts';
import { readLink } from '../../share/link/link-text.ts';
import { isResultFile, readResultFile } from '../../share/link/result-file.ts';
import { fail, type Result } from '../../base/result.ts';
import { formatBytes } from '../../base/units.ts';
import { contentBytesMax } from '../../share/link/read-content.ts';
import type { App } from '../state/app.svelte.ts';
import type { Message } from '../state/messages.svelte.ts';
import { sameWork } from '../state/same-work.ts';
import { changeWords } from '../versions/change-words.ts';
import { linkDesk } from './link-desk.svelte.ts';
import { linkIn } from '../../share/link/link-in.ts';
import { machinesDesk } from './machines-desk.svelte.ts';

/**
 * Adds what somebody measured on another machine to the comparison of the open document, and goes there. What is of
 * another document, or holds no result, is said and changes nothing. Never rejects.
 * @param text of a result's file; or a link, or an address with one
 * @returns false: it was refused
 */
export async function addResult(app: App, text: string): Promise<boolean> {
  const refuse = (...why: [string, Message['action']?]): false => {
    app.messages.show('error', ...why);
    return false;
  };
  const read = await readMeasured(text);
  if (!read.ok) return refuse(read.error);
  const { document, result } = read.value;
  if (result === undefined) return refuse('The link claims no result, so there is nothing to add.');
  if (!sameWork(document, app.doc.document))
    return refuse(otherDocument(app.doc.document, document), {
      label: 'Open its document',
      run: () => app.open(document),
    });
  const isNew = !isOfLink(app, result) && (await machinesDesk(app).add({ ...read.value, result }));
  app.view.show('compare');
  app.tell('info', isNew ? 'The result was added.' : 'This result is there already.');
  await tick();
  window.document.querySelector('.machines')?.scrollIntoView({ block: 'nearest' });
  return true;
}

/** The same of a file: how large it is, is looked at before it is read. */
export async function addResultFile(app: App, file: File): Promise<void> {
  const refuse = (why: string): void => app.messages.show('error', `"${file.name}" ${why}`);
  if (file.size > contentBytesMax) {
    const [size, most] = [file.size, contentBytesMax].map(formatBytes);
    return refuse(`has ${size}, and a result may have ${most}: pick another file.`);
  }
  const text = await file.text().catch(() => null);
  if (text === null) return refuse('could not be read: pick another file.');
  await addResult(app, text);
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

/** What a link or a file of a result says, or why it says nothing. */
export async function readMeasured(text: string): Promise<Result<LinkContent>> {
  const link = linkIn(text);
  if (link !== null && !isResultFile(text)) return readLink(link);
  // What is no JSON either was hardly meant to be a file.
  if (/^\uFEFF?\s*[{[]/.test(text)) return readResultFile(text);
  return fail('That is neither a link, which has #1. in it, nor what a result’s file says.');
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
