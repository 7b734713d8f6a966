/** The same, but the entry on top gets its new load and sinks to its place. */
export default (item: { tasks: number; pools: number }) => {
  const heap = Array.from({ length: item.pools }, (_, pool) => ({ load: 0, pool }));
  const sink = (): void => {
    for (let at = 0; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && heap[child]!.load < heap[least]!.load) least = child;
      if (least === at) return;
      [heap[least], heap[at]] = [heap[at]!, heap[least]!];
      at = least;
    }
  };
  for (let task = 0; task < item.tasks; task++) {
    heap[0]!.load++;
    sink();
  }
  const most = Math.max(...heap.map(({ load }) => load));
  return { tasks: item.tasks, most, entries: heap.length };
};
