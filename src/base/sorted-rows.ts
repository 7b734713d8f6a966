/**
 * Rows by ascending time, in place. Rows of a trace come nearly sorted (by `leave`), so an insertion sort
 * mostly has little to move; past a budget of moves the general sort takes over.
 */
export function sortedBy(rows: Int32Array, times: Float64Array): Int32Array {
  let budget = rows.length * 16;
  for (let i = 1; i < rows.length && budget > 0; i++) {
    const row = rows[i]!;
    const time = times[row]!;
    let place = i;
    for (; place > 0 && times[rows[place - 1]!]! > time; place--) {
      rows[place] = rows[place - 1]!;
      budget--;
    }
    rows[place] = row;
  }
  return budget > 0 ? rows : rows.sort((a, b) => times[a]! - times[b]! || a - b);
}

/** Row numbers by group, in the order of the rows: one pass to count and one to place. */
export function bucketRows(
  rows: number,
  groups: number,
  groupOf: (row: number) => number,
): Int32Array[] {
  const sizes = new Int32Array(groups);
  for (let row = 0; row < rows; row++) sizes[groupOf(row)]!++;
  const buckets = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  for (let row = 0; row < rows; row++) {
    const group = groupOf(row);
    buckets[group]![sizes[group]!++] = row;
  }
  return buckets;
}
