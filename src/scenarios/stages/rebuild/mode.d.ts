/** The document's own module: whether compiling ends with a build. */
declare module 'mode' {
  export const mode: 'build' | 'check';
}
