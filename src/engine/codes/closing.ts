// How far the closing task of an `all` or a `fold` is.

export const open = 0;
/** The cache is asked for the result. */
export const lookingUp = 1;
/** It may start. */
export const formed = 2;
export const started = 3;
/** It failed, and is tried again later. */
export const backingOff = 4;
/** Set aside: it runs with nothing else on its worker. */
export const alone = 5;
export const done = 6;
