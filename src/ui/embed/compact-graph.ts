import {
  besideGapPx,
  isChain,
  layerGapPx,
  nodeSizePx,
  placeChain,
  sourceSizePx,
  type GraphShape,
  type PlaceNodes,
} from '../graph/layout.ts';

/** A stage or the source, small enough for a picture in a text. CSS pixels, from the top left. */
export interface CompactNode {
  id: string;
  x: number;
  y: number;
  widthPx: number;
  heightPx: number;
}
export interface CompactGraph {
  nodes: CompactNode[];
  /** Lines from one to the next, as SVG path data that ends where an arrow’s head begins, and where that is. */
  arrows: { path: string; x: number; y: number }[];
  widthPx: number;
  heightPx: number;
}

const stagePx = { width: 112, height: 34 };
const sourcePx = { width: 84, height: 26 };
const gapPx = { along: 20, beside: 8 };
const marginPx = 4;
/** An arrow’s head. */
export const headPx = 5;

/**
 * The graph from left to right. The layout is the workbench’s, whose nodes all have one size: drawn together, so that
 * as much smaller ones stand as far apart as they need.
 * @param placeInLayers for graphs with branches; null: it has not come yet
 * @returns null: it is needed
 */
export function compactGraph(
  stages: GraphShape,
  sourceId: string,
  placeInLayers: PlaceNodes | null,
): CompactGraph | null {
  const place = isChain(stages) ? placeChain : placeInLayers;
  if (place === null) return null;
  const scale = {
    x: (stagePx.width + gapPx.along) / (nodeSizePx.width + layerGapPx.LR),
    y: (stagePx.height + gapPx.beside) / (nodeSizePx.height + besideGapPx),
  };
  const large = place(stages, sourceId, 'LR');
  const nodes = [sourceId, ...stages.map(({ id }) => id)].map((id): CompactNode => {
    const { width, height } = id === sourceId ? sourcePx : stagePx;
    const { x, y } = large.get(id)!;
    // Its left edge by the layers, its middle by the rows.
    const middle = y + (id === sourceId ? sourceSizePx.height : nodeSizePx.height) / 2;
    return {
      id,
      x: x * scale.x,
      y: middle * scale.y - height / 2,
      widthPx: width,
      heightPx: height,
    };
  });
  const left = Math.min(...nodes.map(({ x }) => x)) - marginPx;
  const top = Math.min(...nodes.map(({ y }) => y)) - marginPx;
  for (const node of nodes) {
    node.x -= left;
    node.y -= top;
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return {
    nodes,
    arrows: stages.flatMap(({ id, after }) =>
      (after.length === 0 ? [sourceId] : after).map((parent) =>
        arrow(byId.get(parent)!, byId.get(id)!),
      ),
    ),
    widthPx: Math.max(...nodes.map((node) => node.x + node.widthPx)) + marginPx,
    heightPx: Math.max(...nodes.map((node) => node.y + node.heightPx)) + marginPx,
  };
}

function arrow(from: CompactNode, to: CompactNode): CompactGraph['arrows'][number] {
  const [x1, y1] = [from.x + from.widthPx, from.y + from.heightPx / 2];
  const [x2, y2] = [to.x - headPx, to.y + to.heightPx / 2];
  const bend = Math.max(4, (x2 - x1) / 2);
  return { path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, x: x2, y: y2 };
}
