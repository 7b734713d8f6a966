// Numbers, not words: they are asked for at every event, and engines compare small numbers faster.

/** How far a run is. */
export const Phase = { new: 0, running: 1, stopping: 2, finished: 3 } as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

/** How far the closing task of an `all` or a `fold` is: open, formed (it may start), started, done. */
export const Closing = {
  open: 0,
  lookingUp: 1,
  formed: 2,
  started: 3,
  backingOff: 4,
  /** Set aside: it runs with nothing else on its worker. */
  alone: 5,
  done: 6,
} as const;
export type Closing = (typeof Closing)[keyof typeof Closing];
