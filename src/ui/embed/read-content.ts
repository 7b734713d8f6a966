import { fail, ok, type Result } from '../../base/result.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { LinkContent } from '../../share/link/link-content.ts';
import { readLink } from '../../share/link/link-text.ts';
import { plainText } from './plain-text.ts';

/** A link's text, or an address with one; or a document: JSON text, or what that stands for. */
export type LoadedFrom = { link: string } | { document: unknown };

/** What is to be shown, checked like everything from outside; or one sentence about what is wrong with it. Never throws. */
export async function readContent(from: LoadedFrom): Promise<Result<LinkContent>> {
  if ('link' in from) return readLink(from.link.slice(Math.max(0, from.link.indexOf('#'))));
  const text = plainText(from.document);
  if (!text.ok) return text;
  const { document, problems } = parseDocument(text.value);
  const error = problems.find(({ severity }) => severity === 'error');
  if (error) return fail(`In the document, ${error.message}.`);
  return ok({ document: document! });
}
