import { answererLettersMax } from '../../share/link/link-schema.ts';

/**
 * Marks that nobody sees: they turn the direction of a sentence, or make one name look like another's. Joiners
 * (U+200C, U+200D) are left, which scripts need.
 */
const unseen =
  /(?![\u200C\u200D])\p{Cf}|[\p{Cc}\p{Zl}\p{Zp}\u034F\u115F\u1160\u180E\u3164\uFFA0]/gu;

/** As it is shown and told apart, in one line that a link has room for. "no name" where nothing is left. */
export function studentName(name: string): string {
  const whole = name.normalize('NFC').replace(unseen, ' ').replace(/\s+/g, ' ').trim();
  // Half of a letter is none.
  const cut = whole.slice(0, answererLettersMax).replace(/[\uD800-\uDBFF]$/, '');
  return cut.trim() || 'no name';
}
