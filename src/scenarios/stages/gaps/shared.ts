/** Clusters whose farthest members are farther apart than this are left apart: squared, as all distances are. */
export const limit = 300 ** 2;

/** The squared distance of every gap to every other one: whole numbers, so that no rounding can part two ways. */
export function distancesOf(gaps: readonly { x: number; y: number }[]): number[][] {
  return gaps.map((a) => gaps.map((b) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2));
}

/** Cluster b has joined cluster a: as far from the others as the farther of both was. */
export function join(distances: number[][], members: number[][], a: number, b: number): void {
  members[a]!.push(...members[b]!);
  members[b] = [];
  for (let c = 0; c < members.length; c++) {
    const farther = Math.max(distances[a]![c]!, distances[b]![c]!);
    distances[a]![c] = distances[c]![a] = farther;
  }
}
