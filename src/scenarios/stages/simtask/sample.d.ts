/** The document's own module: some code to practise on. */
declare module 'sample' {
  const text: string;
  export default text;
}
