/** Name of a web lock: held, shared, by every page of this version for as long as it lives: its files are kept. */
export const pageLock = (version: string): string => `millrace-page-${version}`;

/** Name of a web lock: held, shared, by every page that runs a pipeline: nothing is fetched in the background meanwhile. */
export const busyLock = 'millrace-busy';

/** What a page says to a service worker that waits to take over. */
export const takeOver = 'take over';
