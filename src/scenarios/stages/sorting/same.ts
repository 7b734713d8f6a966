/** Both ways must come to the same rounds: where they do not, this item fails. */
export default function same(both: Record<string, number[][]>) {
  const [one, other] = Object.values(both).map((rounds) => JSON.stringify(rounds));
  if (one !== other) throw new Error(`The rounds differ: ${one} and ${other}.`);
  return { rounds: both['counts']!.length };
}
