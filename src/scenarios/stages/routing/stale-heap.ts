import { routeAll, type Office } from 'office';

/**
 * A heap to which every change adds an entry, and in which no old one is ever changed or taken out: the first pool
 * that had no task seems to have none for ever.
 */
export default function route(office: Office): number[] {
  let pools: number[] = [];
  for (let i = 0; i < office.times; i++) pools = once(office);
  return pools;
}

interface Entry {
  load: number;
  pool: number;
}

function once(office: Office): number[] {
  const loads = new Array<number>(office.n).fill(0);
  const heap: Entry[] = loads.map((load, pool) => ({ load, pool }));
  return routeAll(
    office,
    () => heap[0]!.pool,
    (pool, by) => {
      loads[pool]! += by;
      push(heap, { load: loads[pool]!, pool });
    },
  );
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0 && isBefore(entry, heap[(at - 1) >> 1]!)) {
    heap[at] = heap[(at - 1) >> 1]!;
    at = (at - 1) >> 1;
  }
  heap[at] = entry;
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.load !== b.load ? a.load < b.load : a.pool < b.pool;
}
