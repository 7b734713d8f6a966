import { layersOf } from '../../pipeline/graph.ts';
import {
  besideGapPx,
  layerGapPx,
  marginPx,
  nodeSizePx,
  sourceSizePx,
  type GraphShape,
  type PlaceNodes,
} from './layout.ts';

/** Downwards, then upwards, and so on: more change little. */
const sweeps = 4;
/** The layout library puts a node wherever an edge passes a layer, and takes long beyond so many. */
const passingsMax = 2000;

/** Whether the layout library would take seconds: published task graphs have edges across fifty layers. */
export function isDense(stages: GraphShape): boolean {
  const layers = layersOf(stages);
  // On a cycle there is no layer: each edge is taken to pass a few.
  if (layers.size === 0)
    return stages.reduce((sum, { after }) => sum + 5 * after.length, 0) > passingsMax;
  let passings = stages.length;
  for (const { id, after } of stages) {
    for (const parent of after) passings += (layers.get(id) ?? 0) - (layers.get(parent) ?? 0);
  }
  return passings > passingsMax;
}

/**
 * Layers by the longest way from the source; in each, stages in the order of the mean place of their
 * neighbours (the barycentre heuristic of Sugiyama, 1981). Edges may pass behind stages: with thousands of
 * them nobody follows one.
 */
export const placeDensely: PlaceNodes = (stages, sourceId, direction) => {
  const layerOf = layersOf(stages);
  const layers: string[][] = [];
  // On a cycle there is no layer: such stages stand with the first.
  for (const { id } of stages) (layers[layerOf.get(id) ?? 0] ??= []).push(id);
  const parents = new Map(stages.map(({ id, after }) => [id, after]));
  const children = new Map<string, string[]>(stages.map(({ id }) => [id, []]));
  for (const { id, after } of stages) for (const parent of after) children.get(parent)?.push(id);

  const place = new Map<string, number>();
  const number = (layer: string[]): void => {
    layer.forEach((id, at) => place.set(id, at - (layer.length - 1) / 2));
  };
  layers.forEach(number);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0;
    const neighbours = down ? parents : children;
    for (const layer of down ? layers : layers.toReversed()) {
      const wanted = new Map(layer.map((id) => [id, meanPlace(id, neighbours.get(id)!)]));
      layer.sort((a, b) => wanted.get(a)! - wanted.get(b)!);
      number(layer);
    }
  }

  const widest = Math.max(...layers.map(({ length }) => length));
  const across = direction === 'LR';
  const step = across
    ? { along: nodeSizePx.width + layerGapPx.LR, beside: nodeSizePx.height + besideGapPx }
    : { along: nodeSizePx.height + layerGapPx.TB, beside: nodeSizePx.width + besideGapPx };
  const first =
    (across ? sourceSizePx.width + layerGapPx.LR : sourceSizePx.height + layerGapPx.TB) + marginPx;
  const at = (along: number, beside: number) =>
    across ? { x: along, y: beside } : { x: beside, y: along };
  const middle = marginPx + ((widest - 1) / 2) * step.beside;
  return new Map([
    [sourceId, at(marginPx, middle)],
    ...stages.map(({ id }): [string, { x: number; y: number }] => [
      id,
      at(first + (layerOf.get(id) ?? 0) * step.along, middle + place.get(id)! * step.beside),
    ]),
  ]);

  function meanPlace(id: string, neighbours: readonly string[]): number {
    const known = neighbours.flatMap((other) => place.get(other) ?? []);
    if (known.length === 0) return place.get(id)!;
    return known.reduce((sum, other) => sum + other, 0) / known.length;
  }
};
