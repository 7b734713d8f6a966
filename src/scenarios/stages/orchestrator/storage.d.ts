/** The document's own module: when the cursor is written down. */
declare module 'storage' {
  export const write: CounterWrite;
}
