/**
 * Packs intervals, given in order of their start, into as few lanes as they need so that none overlap
 * in a lane: each goes to the lowest lane that is free (first fit), which keeps a picture steady from
 * one run to the next. O(log lanes) an interval by a tree of minima over the lanes' ends.
 *
 * Returns the lane of each interval and the number of lanes.
 */
export function packLanes(
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): { lane: Int32Array; lanes: number } {
  const lane = new Int32Array(from.length);
  let leaves = 1;
  // freeAt[leaves + l]: when lane l is free; inner nodes hold the minimum of their two children.
  let freeAt = new Float64Array([0, -Infinity]);
  let lanes = 0;
  for (let i = 0; i < from.length; i++) {
    if (freeAt[1]! > from[i]!) {
      // All are taken: twice as many lanes, the old tree becoming the left half of the new one.
      const old = freeAt;
      freeAt = new Float64Array(leaves * 4).fill(-Infinity);
      freeAt.set(old.subarray(leaves), leaves * 2);
      leaves *= 2;
      for (let node = leaves - 1; node > 0; node--) {
        freeAt[node] = Math.min(freeAt[node * 2]!, freeAt[node * 2 + 1]!);
      }
    }
    let node = 1;
    while (node < leaves) node = freeAt[node * 2]! <= from[i]! ? node * 2 : node * 2 + 1;
    lane[i] = node - leaves;
    lanes = Math.max(lanes, node - leaves + 1);
    freeAt[node] = to[i]!;
    for (node >>= 1; node > 0; node >>= 1) {
      freeAt[node] = Math.min(freeAt[node * 2]!, freeAt[node * 2 + 1]!);
    }
  }
  return { lane, lanes };
}
