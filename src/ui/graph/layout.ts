import { Graph, layout } from '@dagrejs/dagre';

/** CSS pixels of the flow's own space. */
export const nodeSizePx = { width: 164, height: 58 };
export const sourceSizePx = { width: 124, height: 40 };

export interface Placed {
  x: number;
  y: number;
}

/** Top left corners of the source and all stages, in layers the way that fills a pane of this shape best. */
export function placeBest(
  stages: readonly { id: string; after: readonly string[] }[],
  sourceId: string,
  paneWidthPx: number,
  paneHeightPx: number,
): { places: Map<string, Placed>; vertical: boolean } {
  const [across, down] = (['LR', 'TB'] as const).map((direction) => {
    const places = placeNodes(stages, sourceId, direction);
    const corners = [...places.values()];
    const width = Math.max(...corners.map(({ x }) => x)) + nodeSizePx.width;
    const height = Math.max(...corners.map(({ y }) => y)) + nodeSizePx.height;
    return { places, scale: Math.min(paneWidthPx / width, paneHeightPx / height) };
  }) as [Fit, Fit];
  const vertical = down.scale > across.scale;
  return { places: (vertical ? down : across).places, vertical };
}
interface Fit {
  places: Map<string, Placed>;
  scale: number;
}

/** In layers from left to right or top to bottom. */
export function placeNodes(
  stages: readonly { id: string; after: readonly string[] }[],
  sourceId: string,
  direction: 'LR' | 'TB',
): Map<string, Placed> {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({
    rankdir: direction,
    nodesep: 18,
    ranksep: direction === 'LR' ? 36 : 24,
    marginx: 8,
    marginy: 8,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  graph.setNode(sourceId, { ...sourceSizePx });
  for (const { id } of stages) graph.setNode(id, { ...nodeSizePx });
  for (const { id, after } of stages) {
    for (const parent of after.length > 0 ? after : [sourceId])
      if (graph.hasNode(parent)) graph.setEdge(parent, id);
  }
  layout(graph);
  const sizeOf = (id: string) => (id === sourceId ? sourceSizePx : nodeSizePx);
  return new Map(
    [sourceId, ...stages.map(({ id }) => id)].map((id) => {
      const { x, y } = graph.node(id) as Placed;
      return [id, { x: x - sizeOf(id).width / 2, y: y - sizeOf(id).height / 2 }];
    }),
  );
}
