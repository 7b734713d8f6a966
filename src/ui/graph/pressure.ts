import { holdsFrom, sharedParents } from '../../measure/held-back.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { edgeId, sourceId } from './flow-model.ts';
import type { StageState } from './stage-state.ts';

/** Where back pressure stands at one instant. */
export interface BackPressure {
  /** Channels whose sender is held by the buffer they lead into, by the edge's id. */
  backedUp: ReadonlySet<string>;
  /** Items wait at the source to be let in. */
  sourceHeld: boolean;
}

/**
 * By the rule of the charts, see `holdsFrom`: where a full buffer drops, items are lost instead. Of a stage it
 * is known whether it is blocked; of the source on replay, whether items wait there. Live it is taken to be
 * held as long as a stage it feeds has no room.
 */
export function pressureOf(
  { stages }: Pick<PipelineDocument, 'stages'>,
  states: ReadonlyMap<string, StageState>,
): BackPressure {
  const source = states.get(sourceId);
  const isShared = sharedParents(stages.map(({ after = [] }) => after));
  const backedUp = new Set<string>();
  for (const { id, after = [], buffer } of stages) {
    const throttles = (buffer?.whenFull ?? 'throttle') === 'throttle';
    const capacity = throttles ? (buffer?.capacity ?? null) : null;
    const state = states.get(id);
    const least = holdsFrom({ capacity, parents: after, isShared: isShared(after) });
    if (capacity === null || !state || state.queued < least) continue;
    for (const parent of after)
      if ((states.get(parent)?.blocked ?? 0) > 0) backedUp.add(edgeId(parent, id));
    const isHeld = source ? source.queued > 0 : capacity > 0 || state.running > 0;
    if (after.length === 0 && isHeld) backedUp.add(edgeId(sourceId, id));
  }
  const sourceHeld = source
    ? source.queued > 0
    : [...backedUp].some((id) => id.startsWith(sourceId));
  return { backedUp, sourceHeld };
}
