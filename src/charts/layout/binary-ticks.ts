/**
 * Where an axis of bytes is read: at whole multiples of a power of two, or at powers of two where it is
 * logarithmic, so that labels are 512 KiB and 1 MiB and not 977 KiB. At most about `count` of them.
 */
export function binaryTicks(low: number, high: number, count: number, isLog: boolean): number[] {
  if (!(high > low)) return [low];
  const ticks: number[] = [];
  if (isLog) {
    const [first, last] = [Math.ceil(Math.log2(low)), Math.floor(Math.log2(high))];
    const step = Math.max(1, Math.ceil((last - first + 1) / count));
    for (let power = first; power <= last; power += step) ticks.push(2 ** power);
    return ticks;
  }
  const step = 2 ** Math.ceil(Math.log2((high - low) / count));
  for (let at = Math.ceil(low / step); at * step <= high; at++) ticks.push(at * step);
  return ticks;
}
