// Numbers, not words: they are asked for at every event, and engines compare small numbers faster.

/** How far a run is. */
export const Phase = { new: 0, running: 1, stopping: 2, finished: 3 } as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

/** How far the closing task of an `all` or a `fold` is. */
export const Closing = {
  open: 0,
  /** The cache is asked for the result. */
  lookingUp: 1,
  /** It may start. */
  formed: 2,
  started: 3,
  /** It failed, and is tried again later. */
  backingOff: 4,
  /** Set aside: it runs with nothing else on its worker. */
  alone: 5,
  done: 6,
} as const;
export type Closing = (typeof Closing)[keyof typeof Closing];
