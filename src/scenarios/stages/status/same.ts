/** All four must count the same: where they do not, this item fails. */
export default function same(counts: Record<string, number>) {
  const [first, ...others] = Object.values(counts);
  if (others.some((count) => count !== first)) {
    throw new Error(`The counts differ: ${JSON.stringify(counts)}.`);
  }
  return { active: first };
}
