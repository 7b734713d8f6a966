import { childrenOf } from '../../../pipeline/graph.ts';
import { sourceId } from '../flow-model.ts';
import type { GraphShape, Placing } from '../layout.ts';

/** Along the flow, against it, or to another stage beside. */
export type Way = 'forward' | 'back' | 'left' | 'right';

/** Which way an arrow key leads, as the graph lies; null: it is no arrow key. */
export function wayOf(key: string, vertical: boolean): Way | null {
  const ways: Record<string, Way> = vertical
    ? { ArrowDown: 'forward', ArrowUp: 'back', ArrowLeft: 'left', ArrowRight: 'right' }
    : { ArrowRight: 'forward', ArrowLeft: 'back', ArrowUp: 'left', ArrowDown: 'right' };
  return ways[key] ?? null;
}

/**
 * The node that an arrow key leads to: along an edge where the arrow points along the flow or against it
 * (the nearest of several), else the nearest one on that side. null: there is none.
 */
export function neighbour(
  stages: GraphShape,
  { places, vertical }: Placing,
  id: string,
  way: Way,
): string | null {
  const here = places.get(id);
  if (!here) return null;
  const acrossOf = (other: string): number => {
    const place = places.get(other) ?? here;
    return vertical ? place.x - here.x : place.y - here.y;
  };
  const alongOf = (other: string): number => {
    const place = places.get(other) ?? here;
    return Math.abs(vertical ? place.y - here.y : place.x - here.x);
  };
  if (way === 'forward' || way === 'back') {
    const joined = way === 'forward' ? nextOf(stages, id) : beforeOf(stages, id);
    return nearest(joined, (other) => Math.abs(acrossOf(other)));
  }
  const sign = way === 'left' ? -1 : 1;
  const others = [sourceId, ...stages.map((stage) => stage.id)];
  return nearest(
    others.filter((other) => acrossOf(other) * sign > 1),
    // A step aside is shorter than one along the flow: the same layer comes first.
    (other) => Math.abs(acrossOf(other)) + 3 * alongOf(other),
  );
}

function nextOf(stages: GraphShape, id: string): string[] {
  if (id !== sourceId) return childrenOf(stages).get(id) ?? [];
  return stages.filter(({ after }) => after.length === 0).map((stage) => stage.id);
}

function beforeOf(stages: GraphShape, id: string): readonly string[] {
  const after = stages.find((stage) => stage.id === id)?.after ?? [];
  return id === sourceId ? [] : after.length === 0 ? [sourceId] : after;
}

function nearest(ids: readonly string[], distance: (id: string) => number): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const id of ids) {
    const far = distance(id);
    if (far < least) [best, least] = [id, far];
  }
  return best;
}
