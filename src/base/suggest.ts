/**
 * Edit distance with adjacent transpositions ("optimal string alignment"): the number of inserted,
 * deleted, changed or swapped letters between two words.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast = new Array<number>(b.length + 1).fill(0);
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = new Array<number>(b.length + 1).fill(0);
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforeLast[j - 2]! + 1);
      }
      row[j] = best;
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/** Longer words are not compared: nobody mistypes them, and the cost is quadratic. */
const longestComparedWord = 64;

/**
 * The known word nearest to what was typed, or null if none is near enough to be meant (more than a
 * third of its letters differ). Case and -_ separators are ignored; ties go to the earlier word.
 */
export function suggest(typed: string, known: Iterable<string>): string | null {
  if (typed.length > longestComparedWord) return null;
  const plain = (word: string): string => word.toLowerCase().replace(/[-_\s]/g, '');
  const wanted = plain(typed);
  let nearest: string | null = null;
  let nearestDistance = Infinity;
  for (const word of known) {
    if (word.length > longestComparedWord) continue;
    const candidate = plain(word);
    const distance = editDistance(wanted, candidate);
    const longer = Math.max(wanted.length, candidate.length);
    if (distance <= Math.max(1, Math.floor(longer / 3)) && distance < nearestDistance) {
      nearest = word;
      nearestDistance = distance;
    }
  }
  return nearest;
}
