import { isLink } from '../../share/link/is-link.ts';

/** The link in what somebody typed, pasted or dropped: it alone, or an address with it; null: there is none. */
export function linkIn(text: string): string | null {
  const [inAddress] = /#\d+\.\S*/.exec(text) ?? [];
  const fragment = inAddress ?? text.trim();
  if (!isLink(fragment)) return null;
  return fragment.startsWith('#') ? fragment : `#${fragment}`;
}
