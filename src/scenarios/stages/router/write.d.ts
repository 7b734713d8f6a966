/** The document's own module: when the cursor is written down. */
declare module 'write' {
  export const write: CounterWrite;
}
