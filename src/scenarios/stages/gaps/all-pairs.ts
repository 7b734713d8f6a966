import { distancesOf, join, limit } from 'distances';

interface Gaps {
  times: number;
  gaps: { x: number; y: number }[];
}

/** Three loops, one in another: for every join it looks at every pair of clusters for the nearest two. */
export default function cluster({ times, gaps }: Gaps): number[][] {
  let clusters: number[][] = [];
  for (let i = 0; i < times; i++) clusters = clustersOf(gaps);
  return clusters;
}

function clustersOf(gaps: Gaps['gaps']): number[][] {
  const n = gaps.length;
  const distances = distancesOf(gaps);
  const members = gaps.map((_, gap) => [gap]);
  for (;;) {
    let nearest = limit + 1;
    let [first, second] = [-1, -1];
    for (let a = 0; a < n; a++) {
      if (members[a]!.length === 0) continue;
      for (let b = a + 1; b < n; b++) {
        if (members[b]!.length === 0 || distances[a]![b]! >= nearest) continue;
        nearest = distances[a]![b]!;
        [first, second] = [a, b];
      }
    }
    if (first < 0) return members.filter((cluster) => cluster.length > 0);
    join(distances, members, first, second);
  }
}
