const justJson = 'this looks like JSON';

/** Kinds of text that are often at hand beside those that can be imported, told by their look. */
const kinds: readonly { looks: (text: string) => boolean; sentence: string }[] = [
  {
    looks: (text) => /^\s*\{[^]{0,2000}"format"\s*:\s*"millrace\/\d+"/.test(text),
    sentence: 'this is a Millrace document already',
  },
  {
    looks: (text) => /^\s*[[{][^]{0,2000}"(traceEvents|ph)"\s*:/.test(text),
    sentence: 'this looks like a Chrome trace, which cannot be imported',
  },
  {
    looks: (text) => /^\s*\{[^]{0,2000}"task_graph"\s*:/.test(text),
    sentence: 'this looks like a DAGBench graph, which cannot be imported',
  },
  { looks: (text) => /^\s*[[{]/.test(text), sentence: justJson },
  {
    looks: (text) => /^on:/m.test(text) && /^jobs:/m.test(text),
    sentence: 'this looks like a GitHub Actions workflow, which cannot be imported',
  },
];

/** What a text that no importer can read seems to be, as half a sentence; null: no idea worth telling. */
export function looksLike(text: string, expected: string): string | null {
  const found = kinds.find(({ looks }) => looks(text))?.sentence ?? null;
  // What is expected to be JSON is no wiser for being told that it is.
  return expected === 'wfformat' && found === justJson ? null : found;
}

/** Text has tabs and line ends, but none of the other control characters. */
export function isBinary(text: string): boolean {
  return /[\u0000-\u0008\u000e-\u001a]/.test(text);
}
