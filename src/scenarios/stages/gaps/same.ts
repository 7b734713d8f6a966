/** Both ways must come to the same clusters: where they do not, this item fails. */
export default function same(both: Record<string, number[][]>) {
  const [one, other] = Object.values(both).map((clusters) => JSON.stringify(clusters));
  if (one !== other) throw new Error(`The clusters differ: ${one} and ${other}.`);
  return { clusters: both['with-heap']!.length };
}
