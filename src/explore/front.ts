/** One choice of a trade-off: of both figures less is better. NaN: it is not to be had. */
export interface FrontPoint {
  x: number;
  y: number;
}

export interface FrontMember {
  /** Place among the points; of several that are equal in both figures the cheapest, of those the first. */
  index: number;
  /** The others that are equal in both, in their order. */
  alike: number[];
}

/** What is nearer than this is equal: no measurement would tell it apart. */
export const equalShare = 0.005;

/**
 * The Pareto front: the points that no other point beats, that is, is at least as good in both figures and
 * better in one, by more than `equalShare`. From the least x to the least y. O(n log n): a scan in the order of x
 * (H. T. Kung, F. Luccio, F. P. Preparata, "On finding the maxima of a set of vectors", Journal of the ACM 22
 * (4), 1975).
 * @param compareCosts of two places among the points; below 0: the first is the cheaper.
 */
export function tradeOffFront(
  points: readonly FrontPoint[],
  compareCosts: (a: number, b: number) => number = () => 0,
): FrontMember[] {
  const order = points
    .map((_, index) => index)
    .filter((index) => Number.isFinite(points[index]!.x) && Number.isFinite(points[index]!.y))
    .sort((a, b) => points[a]!.x - points[b]!.x || points[a]!.y - points[b]!.y || a - b);
  /** x is the least of those that count as equal in it. */
  const front: { x: number; y: number; members: number[] }[] = [];
  for (const index of order) {
    const { x, y } = points[index]!;
    const last = front.at(-1);
    const isEqualX = last !== undefined && x <= last.x * (1 + equalShare);
    if (last === undefined || y < last.y * (1 - equalShare)) {
      // What costs no more of x and less of y beats what was there.
      if (isEqualX) front.pop();
      front.push({ x: isEqualX ? last.x : x, y, members: [index] });
    } else if (isEqualX && y <= last.y * (1 + equalShare)) last.members.push(index);
  }
  return front.map(({ members }) => {
    const all = members.sort((a, b) => a - b);
    const index = all.reduce((best, next) => (compareCosts(next, best) < 0 ? next : best));
    return { index, alike: all.filter((one) => one !== index) };
  });
}

/** At most `most` of them, from one end to the other, both ends among them: evenly apart along the front. */
export function spreadAlong<T>(front: readonly T[], most: number): T[] {
  if (front.length <= most) return [...front];
  if (most < 2) return front.slice(0, most);
  const step = (front.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => front[Math.round(at * step)]!);
}
