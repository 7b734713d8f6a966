import { distancesOf, join, limit } from 'distances';

interface Gaps {
  times: number;
  gaps: { x: number; y: number }[];
}

/** Two clusters as they were when their distance went into the heap. */
interface Pair {
  distance: number;
  a: number;
  b: number;
  /** Members of both at that time: clusters only grow, so a pair is out of date when this has changed. */
  size: number;
}

/** A priority queue of pairs of clusters: the nearest two are on top, whatever else there is. */
export default function cluster({ times, gaps }: Gaps): number[][] {
  let clusters: number[][] = [];
  for (let i = 0; i < times; i++) clusters = clustersOf(gaps);
  return clusters;
}

function clustersOf(gaps: Gaps['gaps']): number[][] {
  const n = gaps.length;
  const distances = distancesOf(gaps);
  const members = gaps.map((_, gap) => [gap]);
  const heap: Pair[] = [];
  const sizeOf = (a: number, b: number) => members[a]!.length + members[b]!.length;
  const add = (a: number, b: number) => {
    const distance = distances[a]![b]!;
    if (distance <= limit) push(heap, { distance, a, b, size: sizeOf(a, b) });
  };
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) add(a, b);
  for (let pair = pop(heap); pair; pair = pop(heap)) {
    const { a, b, size } = pair;
    if (members[a]!.length === 0 || members[b]!.length === 0 || sizeOf(a, b) !== size) continue;
    join(distances, members, a, b);
    for (let c = 0; c < n; c++) {
      if (c !== a && members[c]!.length > 0) add(Math.min(a, c), Math.max(a, c));
    }
  }
  return members.filter((cluster) => cluster.length > 0);
}

/** Nearest first; of equals the one that comes first in the list of gaps. */
function isBefore(p: Pair, q: Pair): boolean {
  if (p.distance !== q.distance) return p.distance < q.distance;
  return p.a !== q.a ? p.a < q.a : p.b < q.b;
}

function push(heap: Pair[], pair: Pair): void {
  let at = heap.length;
  heap.push(pair);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(pair, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = pair;
}

function pop(heap: Pair[]): Pair | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return top;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
    if (child >= heap.length || !isBefore(heap[child]!, last)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return top;
}
