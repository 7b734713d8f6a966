/** More of what was typed does not fit into a sentence. */
const lettersMost = 30;

/** What was typed into a field, cut to what a sentence can hold. */
export function quoted(text: string): string {
  const letters = [...text.trim()];
  return `“${letters.length <= lettersMost ? letters.join('') : `${letters.slice(0, lettersMost - 1).join('')}…`}”`;
}
