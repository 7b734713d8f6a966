import { ok, type Result } from '../../base/result.ts';
import type { LinkContent } from './link-content.ts';
import { linkText, readLink } from './link-text.ts';

/** Reads it back before anybody is given it: what no page would take is refused here, with its reason. */
export async function readableLink(content: LinkContent): Promise<Result<string>> {
  const text = await linkText(content);
  const read = await readLink(text);
  return read.ok ? ok(text) : read;
}
