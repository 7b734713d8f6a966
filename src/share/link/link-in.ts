/** Of "#1.5" nobody means that it is a link. */
const lettersMin = 20;
/** A fragment without its #; a long number is none. */
const bare = /^\d{1,4}\.(?=.*[A-Za-z])[\w-]{20,}/;

/** The link in what somebody typed, pasted or dropped: it alone, or an address with it; null: there is none. */
export function linkIn(text: string): string | null {
  const [inAddress] = /#\d+\.\S*/.exec(text) ?? [];
  if (inAddress !== undefined) return inAddress;
  const fragment = text.trim();
  return bare.test(fragment) && !/\s/.test(fragment) ? `#${fragment}` : null;
}

/** The same where a text may be anything: in a document, or a table, a link may just be mentioned. */
export function onlyLink(text: string): string | null {
  const link = /\s/.test(text.trim()) ? null : linkIn(text);
  return link !== null && link.length >= lettersMin ? link : null;
}
