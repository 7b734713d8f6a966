/** The document's own module: how a batch is worked on. */
declare module 'settings' {
  /** Items of a batch that are under way at once. */
  export const concurrency: number;
  /** ms that an item waits on average. */
  export const meanMs: number;
}
