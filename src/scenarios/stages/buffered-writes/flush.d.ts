/** The document's own module: after how many chunks they are written down. */
declare module 'flush' {
  export const write: CounterWrite;
}
