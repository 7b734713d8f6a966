/** What is to be read, by the id its value lies under. */
export interface Wanted {
  id: number;
  storedBytes: number;
}

/** Ids from `first` to `last`, both of them, to be read in one go. */
export interface ReadRange {
  first: number;
  last: number;
}

/** Between two small values so many that nobody asked for may be read with them: that costs less than a stop. */
const skippedMax = 2;
const smallBytes = 4096;
/** A range is copied as a whole before any of it is answered. */
const idsPerRangeMax = 1024;
const bytesPerRangeMax = 8 * 1024 * 1024;

/** Covers all that is wanted (ids ascending) with few ranges. */
export function rangesOf(wanted: readonly Wanted[]): ReadRange[] {
  const ranges: ReadRange[] = [];
  let range: ReadRange | undefined;
  let bytes = 0;
  let isSmall = false;
  for (const { id, storedBytes } of wanted) {
    const wasSmall = isSmall;
    isSmall = storedBytes <= smallBytes;
    bytes += storedBytes;
    const stepMax = wasSmall && isSmall ? skippedMax + 1 : 1;
    const continues =
      range !== undefined &&
      id - range.last <= stepMax &&
      id - range.first < idsPerRangeMax &&
      bytes <= bytesPerRangeMax;
    if (continues) range!.last = id;
    else {
      bytes = storedBytes;
      range = { first: id, last: id };
      ranges.push(range);
    }
  }
  return ranges;
}
