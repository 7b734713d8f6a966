/** The document's own module: who keeps detectors. */
declare module 'reuse' {
  export const reuse: 'file' | 'worker';
}
