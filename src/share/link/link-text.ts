/** A link's text: the part of an address after "#", which no server ever sees. */
import { fail, ok, type Result } from '../../base/result.ts';
import { formatBytes, formatCount } from '../../base/units.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { deflate, inflate } from './deflate.ts';
import type { LinkContent } from './link-content.ts';
import { checkContent, contentBytesMax, readJson } from './read-content.ts';
import { linkVersion, upgraded } from './upgrades.ts';

export { isLink } from './is-link.ts';

/** So many versions there will never be. */
const versionDigitsMax = 4;
const shortened = (text: string): string => (text.length > 20 ? `${text.slice(0, 19)}…` : text);
/** Chrome takes no longer address. */
const lettersMax = 2 * 1024 * 1024;

/** "#1.…": version, and base64url of deflated compact JSON. */
export async function linkText(content: LinkContent): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  return `#${linkVersion}.${toBase64Url(await deflate(bytes))}`;
}

/**
 * What a link says, checked like everything from outside; or one sentence about what is wrong with it. Never
 * throws, and takes bounded time and memory whatever it is given.
 */
export async function readLink(fragment: string): Promise<Result<LinkContent>> {
  if (fragment.length > lettersMax) {
    return fail(
      `The link has ${formatCount(fragment.length)} letters: the ceiling is ${formatCount(lettersMax)}.`,
    );
  }
  const found = /^#?(\d+)\./.exec(fragment);
  if (!found || found[1]!.length > versionDigitsMax) {
    const other = found ? `, this one with #${shortened(found[1]!)}.` : '';
    return fail(`This is no link to a pipeline: one begins with #${linkVersion}.${other}`);
  }
  const version = Number(found[1]);
  if (version < 1) return fail(`There is no version ${version} of links: the first one is 1.`);
  if (version > linkVersion) {
    return fail(
      `The link has version ${version}, and this page reads versions up to ${linkVersion}: reload it to get the newest one.`,
    );
  }
  const text = await unpacked(withoutEnd(fragment.slice(found[0].length)));
  if (!text.ok) return text;
  return contentOf(text.value, version);
}

/** Programs that find links in a text often take the marks behind one for a part of it. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\r\n.,;:!?\'"’”)]}>'.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

async function unpacked(packed: string): Promise<Result<string>> {
  const bytes = fromBase64Url(packed);
  if (typeof bytes === 'number') {
    return fail(
      bytes === packed.length - 1 && /[\w-]/.test(packed.at(-1)!)
        ? cutOff
        : `The link is damaged: “${packed[bytes]}”, letter ${formatCount(bytes + 1)} of its content, cannot be in it. Copy it again.`,
    );
  }
  const content = await inflate(bytes, contentBytesMax);
  if (content === 'damaged') return fail(cutOff);
  if (content === 'too-large') {
    return fail(`The link unpacks to more than ${formatBytes(contentBytesMax)}, the ceiling.`);
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return fail('The link is damaged: its content is no text. Copy it again.');
  }
}
const cutOff =
  'The link is damaged: its end may have been cut off. Copy it again, or ask for the file instead.';

function contentOf(text: string, version: number): Result<LinkContent> {
  const damaged = 'The link is damaged: its content is no JSON. Copy it again.';
  const written = readJson(text, 'link', damaged);
  return written.ok ? checkContent(upgraded(written.value, version), 'link') : written;
}
