import { Graph, layout } from '@dagrejs/dagre';
import {
  besideGapPx,
  layerGapPx,
  marginPx,
  nodeSizePx,
  sourceSizePx,
  type Placed,
  type PlaceNodes,
} from './layout.ts';
import { isDense, placeDensely } from './place-densely.ts';

/** Any graph, in layers; with few crossings where it is not too dense for that. */
export const placeInLayers: PlaceNodes = (stages, sourceId, direction) => {
  if (isDense(stages)) return placeDensely(stages, sourceId, direction);
  const graph = new Graph({ multigraph: false });
  graph.setGraph({
    rankdir: direction,
    nodesep: besideGapPx,
    ranksep: layerGapPx[direction],
    marginx: marginPx,
    marginy: marginPx,
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
};
