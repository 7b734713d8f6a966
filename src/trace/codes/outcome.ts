// How one attempt of a task ended.

export const ok = 0;
/** The last attempt failed. */
export const failed = 1;
/** This attempt failed, another follows. */
export const retried = 2;
export const timedOut = 3;
export const cancelled = 4;
/** Answered by the cache: no worker ran it. */
export const hit = 5;
/** Its worker died; it runs again. */
export const lost = 6;
