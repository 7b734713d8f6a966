import { mainEnvironment } from '../../share/ledger/kept-ledger.ts';
import { whereWords } from '../opening/claim-words.ts';
import type { OtherLedger } from './ledger-shelf.ts';

/** "Another machine: Chromium 156.0, 8 cores". */
export function otherWords({ origin, results }: OtherLedger): string {
  if (results.length === 0) return 'A ledger that this version of the page cannot read';
  const environment = mainEnvironment(results);
  const where = environment === null ? 'nothing ran live' : whereWords(environment);
  return `${origin === 'earlier' ? 'Earlier, here' : 'Another machine'}: ${where}`;
}
