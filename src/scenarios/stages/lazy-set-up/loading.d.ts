/** The document's own module: when a stream loads the modules it may need. */
declare module 'loading' {
  export const loading: 'eager' | 'lazy';
}
