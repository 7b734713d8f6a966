import { isLedgerLink } from '../../share/ledger/ledger-link.ts';

/** The ledger's link in what somebody typed, pasted or dropped: it alone, or an address with it; null: there is none. */
export function ledgerLinkIn(text: string): string | null {
  const [fragment = text.trim()] = /#ledger\.\d+\.\S*/.exec(text) ?? [];
  return isLedgerLink(fragment) ? fragment : null;
}
