/** Centres of small nodes: a column a layer (longest path from the source), spread evenly. CSS pixels. */
export function layered(
  graph: readonly { id: string; after: readonly string[] }[],
  widthPx: number,
  heightPx: number,
): Map<string, { x: number; y: number }> {
  const layer = new Map<string, number>();
  // Each pass settles at least one more layer; a cycle stops at the number of nodes.
  for (let pass = 0; pass < graph.length; pass++) {
    for (const { id, after } of graph)
      layer.set(id, Math.max(0, ...after.map((parent) => (layer.get(parent) ?? 0) + 1)));
  }
  const columns: string[][] = [];
  for (const { id } of graph) (columns[layer.get(id) ?? 0] ??= []).push(id);
  const places = new Map<string, { x: number; y: number }>();
  columns.forEach((ids, column) =>
    ids.forEach((id, row) =>
      places.set(id, {
        x: (widthPx * (column + 0.5)) / columns.length,
        y: (heightPx * (row + 0.5)) / ids.length,
      }),
    ),
  );
  return places;
}
