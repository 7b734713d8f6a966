/** Sends each task to the pool with the least load, which it finds in a heap. */
export default (item: { tasks: number; pools: number }) => {
  const heap = Array.from({ length: item.pools }, (_, pool) => ({ load: 0, pool }));
  const load = new Array<number>(item.pools).fill(0);
  const push = (entry: { load: number; pool: number }): void => {
    heap.push(entry);
    for (let at = heap.length - 1; at > 0;) {
      const parent = (at - 1) >> 1;
      if (heap[parent]!.load <= heap[at]!.load) break;
      [heap[parent], heap[at]] = [heap[at]!, heap[parent]!];
      at = parent;
    }
  };
  for (let task = 0; task < item.tasks; task++) {
    const { pool } = heap[0]!;
    load[pool]!++;
    push({ load: load[pool]!, pool });
  }
  return { tasks: item.tasks, most: Math.max(...load), entries: heap.length };
};
