/** Made by the plugins in this folder. */
declare module 'virtual:millrace/corpora' {
  export const corpora: {
    name: string;
    title: string;
    files: number;
    bytes: number;
    /** Where the page fetches it: `[{path, text}]` as JSON. */
    url: string;
  }[];
}

declare module 'virtual:millrace/module/*' {
  /** The text of a self-contained ES module. */
  const text: string;
  export default text;
}

declare module 'virtual:millrace/samples' {
  /** Real source files to practise on. */
  export const samples: readonly { path: string; text: string }[];
}
