import { layersOf } from '../../pipeline/graph.ts';

/** CSS pixels of the flow's own space. */
export const nodeSizePx = { width: 212, height: 60 };
export const sourceSizePx = { width: 150, height: 42 };
export const marginPx = 8;
/** Between neighbours in a layer. */
export const besideGapPx = 18;
/** A larger graph is laid out in one direction alone: in both it would take twice as long. */
const bothWaysMax = 60;
export const layerGapPx = { LR: 40, TB: 22 };

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

/** Lays one graph out once in each direction, however often it is asked. */
export function onceEachWay(place: PlaceNodes): PlaceNodes {
  const made = new Map<Direction, ReturnType<PlaceNodes>>();
  return (stages, sourceId, direction) => {
    const places = made.get(direction) ?? place(stages, sourceId, direction);
    made.set(direction, places);
    return places;
  };
}

export interface Placing {
  places: ReadonlyMap<string, Placed>;
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
  const scaleOf = (width: number, height: number): number =>
    Math.min(paneWidthPx / width, paneHeightPx / height);
  if (stages.length > bothWaysMax) {
    const { deep, wide } = layerCounts(stages);
    const across = scaleOf(
      deep * (nodeSizePx.width + layerGapPx.LR),
      wide * (nodeSizePx.height + besideGapPx),
    );
    const down = scaleOf(
      wide * (nodeSizePx.width + besideGapPx),
      deep * (nodeSizePx.height + layerGapPx.TB),
    );
    const vertical = down > across;
    return { places: placeNodes(stages, sourceId, vertical ? 'TB' : 'LR'), vertical };
  }
  const fit = (direction: Direction) => {
    const places = placeNodes(stages, sourceId, direction);
    const corners = [...places.values()];
    const width = Math.max(...corners.map(({ x }) => x)) + nodeSizePx.width;
    const height = Math.max(...corners.map(({ y }) => y)) + nodeSizePx.height;
    return { places, scale: scaleOf(width, height) };
  };
  const [across, down] = [fit('LR'), fit('TB')];
  const vertical = down.scale > across.scale;
  return { places: (vertical ? down : across).places, vertical };
}

/** Layers with the source's, and the stages in the fullest one. */
function layerCounts(stages: GraphShape): { deep: number; wide: number } {
  const counts: number[] = [1];
  for (const layer of layersOf(stages).values()) counts[layer + 1] = (counts[layer + 1] ?? 0) + 1;
  return { deep: counts.length, wide: Math.max(...counts) };
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
