// What happened beside the tasks.

/** value: when it had entered the buffer (or -1: it never did). */
export const dropNewest = 0;
export const dropOldest = 1;
/** A half of a zip whose partner ended elsewhere; value: when the half arrived. */
export const orphaned = 2;
export const cancelled = 3;
/** What holds this stage's queue back from now on; value: one of `Gate`. */
export const gate = 4;
/** value: when it rejoins the buffer. */
export const backoff = 5;
export const workerUp = 6;
export const workerDown = 7;
/** The source passed one item over the memory mark. value: bytes in flight. */
export const overrun = 8;
export const paused = 9;
export const resumed = 10;
/** The source item is let into the pipeline. Written only when later than its arrival. */
export const admitted = 11;
