/** Marks that nobody sees: they turn the direction of a sentence, or make one name look like another's. */
const unseen =
  /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;

/** As it is shown and told apart, in one line; joiners stay, which scripts need. "no name" where nothing is left. */
export const studentName = (name: string): string =>
  name.normalize('NFC').replace(unseen, ' ').replace(/\s+/g, ' ').trim() || 'no name';
