import { routeAll, type Office } from 'office';

/** The pool with the fewest tasks is on top of a heap, in which each pool moves as its load changes. */
export default function route(office: Office): number[] {
  let pools: number[] = [];
  for (let i = 0; i < office.times; i++) pools = once(office);
  return pools;
}

function once(office: Office): number[] {
  const { n } = office;
  const loads = new Array<number>(n).fill(0);
  const heap = Array.from({ length: n }, (_, pool) => pool);
  /** Where each pool stands in the heap: without it an old entry could not be found again. */
  const places = [...heap];
  // Of equal loads the first pool, as one who looks at all of them would have it.
  const isBefore = (a: number, b: number) =>
    loads[a] !== loads[b] ? loads[a]! < loads[b]! : a < b;
  const put = (pool: number, at: number) => {
    heap[at] = pool;
    places[pool] = at;
  };

  function rise(pool: number): void {
    let at = places[pool]!;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(pool, heap[above]!)) break;
      put(heap[above]!, at);
      at = above;
    }
    put(pool, at);
  }

  function sink(pool: number): void {
    let at = places[pool]!;
    for (;;) {
      let below = 2 * at + 1;
      if (below + 1 < n && isBefore(heap[below + 1]!, heap[below]!)) below++;
      if (below >= n || !isBefore(heap[below]!, pool)) break;
      put(heap[below]!, at);
      at = below;
    }
    put(pool, at);
  }

  return routeAll(
    office,
    () => heap[0]!,
    (pool, by) => {
      loads[pool]! += by;
      if (by > 0) sink(pool);
      else rise(pool);
    },
  );
}
