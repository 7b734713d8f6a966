/** CSS pixels of the flow's own space. */
export const nodeSizePx = { width: 212, height: 60 };
export const sourceSizePx = { width: 150, height: 42 };
export const marginPx = 8;
export const layerGapPx = { LR: 36, TB: 22 };

export interface Placed {
  x: number;
  y: number;
}
/** Left to right, or top to bottom. */
export type Direction = 'LR' | 'TB';
export type GraphShape = readonly { id: string; after: readonly string[] }[];
/** Top left corners of the source and all stages. */
export type PlaceNodes = (
  stages: GraphShape,
  sourceId: string,
  direction: Direction,
) => Map<string, Placed>;

/** The library for graphs with branches: large, so it comes when there is one to lay out. */
export async function loadPlaceInLayers(): Promise<PlaceNodes> {
  return (await import('./place-in-layers.ts')).placeInLayers;
}

export interface Placing {
  places: Map<string, Placed>;
  vertical: boolean;
}

/**
 * Top left corners of the source and all stages, in layers the way that fills a pane of this shape best.
 * null: the graph has branches, and `placeInLayers` has not come yet.
 */
export function placeBest(
  stages: GraphShape,
  sourceId: string,
  paneWidthPx: number,
  paneHeightPx: number,
  placeInLayers: PlaceNodes | null,
): Placing | null {
  const placeNodes = isChain(stages) ? placeChain : placeInLayers;
  if (placeNodes === null) return null;
  const fit = (direction: Direction) => {
    const places = placeNodes(stages, sourceId, direction);
    const corners = [...places.values()];
    const width = Math.max(...corners.map(({ x }) => x)) + nodeSizePx.width;
    const height = Math.max(...corners.map(({ y }) => y)) + nodeSizePx.height;
    return { places, scale: Math.min(paneWidthPx / width, paneHeightPx / height) };
  };
  const [across, down] = [fit('LR'), fit('TB')];
  const vertical = down.scale > across.scale;
  return { places: (vertical ? down : across).places, vertical };
}

/** Every stage but the first follows the one listed before it: there is nothing to be laid out. */
export function isChain(stages: GraphShape): boolean {
  return stages.every(({ after }, index) => {
    const before = stages[index - 1];
    return before ? after.length === 1 && after[0] === before.id : after.length === 0;
  });
}

/** One after the other, on one axis. */
export const placeChain: PlaceNodes = (stages, sourceId, direction) => {
  const places = new Map<string, Placed>();
  let along = marginPx;
  for (const id of [sourceId, ...stages.map((stage) => stage.id)]) {
    const { width, height } = id === sourceId ? sourceSizePx : nodeSizePx;
    if (direction === 'LR') {
      const across = stages.length > 0 ? (nodeSizePx.height - height) / 2 : 0;
      places.set(id, { x: along, y: marginPx + across });
      along += width + layerGapPx.LR;
    } else {
      const across = stages.length > 0 ? (nodeSizePx.width - width) / 2 : 0;
      places.set(id, { x: marginPx + across, y: along });
      along += height + layerGapPx.TB;
    }
  }
  return places;
};
