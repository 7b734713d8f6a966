import type { StageState } from './state.ts';

/** Items that wait for another item's computation of the same cache key. */
export interface Flight {
  key: number;
  /** Oldest first. They hold nothing meanwhile. */
  waiting: number[];
}

/** The computation that an item led is over, one way or the other; null: it led none. */
export function landFlight(stage: StageState, leader: number): Flight | null {
  if (stage.flightOf.size === 0) return null;
  const key = stage.flightOf.get(leader);
  if (key === undefined) return null;
  stage.flightOf.delete(leader);
  stage.enteredAt.delete(leader);
  const waiting = stage.flights.get(key) ?? [];
  stage.flights.delete(key);
  return { key, waiting };
}
