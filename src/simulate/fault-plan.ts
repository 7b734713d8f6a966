/**
 * What goes wrong in a simulated run. Every chance is drawn from `seed` at an address of its own (a
 * task's stage, item, attempt and how often it was begun; a worker and how often it was started), so a
 * plan replays exactly and shrinks field by field.
 */
export interface FaultPlan {
  seed: number;
  /** Of workers. Chances are in [0, 1]. */
  workers: {
    /** That a task's worker dies under it, at most `withinMs` after the task began. */
    death: number;
    withinMs: number;
    /** That a worker dies while it starts. Below 1, or a run never gets one. */
    stillborn: number;
    /** That a worker is slow for good: everything takes `slowFactor` times as long there. */
    slow: number;
    slowFactor: number;
  };
  tasks: {
    /** That a task never ends: its time-out ends it, without one its worker is ended after `killAfterMs`. */
    hang: number;
    killAfterMs: number;
    /** That a whole call throws. */
    error: number;
    /** That one item of a call fails by itself. */
    itemError: number;
  };
  cache: {
    /** Results it has room for, all stages together; null: endless. More are not stored. */
    room: number | null;
    /** That a result is refused. */
    refuse: number;
    /** That a look-up fails: the result must be computed. */
    failLookUp: number;
    /** Look-ups take up to this long, each its own time, so that answers come out of order. */
    lateMs: number;
    /** Answers of one instant come in an order of chance. */
    shuffled: boolean;
  };
  source: {
    /** It ends after this many items, whatever it promised; null: never early. */
    failsAfter: number | null;
    /** Items that are asked for come this much later. */
    lateMs: number;
  };
  /** What people and watchdogs do, when. */
  acts: readonly Act[];
}

export type Act =
  | { kind: 'pause'; atMs: number; forMs: number }
  | { kind: 'stop'; atMs: number }
  /** A worker dies, whatever it is doing: running, idle, starting, or not there at all. */
  | { kind: 'end-worker'; atMs: number; worker: number };

/** A plan in which nothing goes wrong: what is left out of a plan is taken from here. */
export const harmless: FaultPlan = {
  seed: 0,
  workers: { death: 0, withinMs: 0, stillborn: 0, slow: 0, slowFactor: 1 },
  tasks: { hang: 0, killAfterMs: 0, error: 0, itemError: 0 },
  cache: { room: null, refuse: 0, failLookUp: 0, lateMs: 0, shuffled: false },
  source: { failsAfter: null, lateMs: 0 },
  acts: [],
};
