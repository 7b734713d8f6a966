interface Found {
  cycle: string[] | null;
  cost: number;
}

/** Both ways must find the same cycle, or none: where they do not, this item fails. Tells what each kept. */
export default function same(both: Record<'copied-path' | 'one-path', Found>) {
  const { 'copied-path': copied, 'one-path': one } = both;
  const [before, after] = [copied, one].map(({ cycle }) => JSON.stringify(cycle));
  if (before !== after) throw new Error(`The cycles differ: ${before} and ${after}.`);
  return { cycle: one.cycle, cost: { 'copied-path': copied.cost, 'one-path': one.cost } };
}
