const justJson = 'this looks like JSON';

/** Kinds of text that are often at hand beside those that can be imported, told by their look. */
const kinds: readonly { looks: (text: string) => boolean; format?: string; sentence: string }[] = [
  {
    looks: (text) => /^\s*\{[^]{0,2000}"format"\s*:\s*"millrace\/\d+"/.test(text),
    sentence: 'this is a Millrace document already',
  },
  {
    looks: (text) => /^\s*[[{][^]{0,2000}"(traceEvents|ph)"\s*:/.test(text),
    format: 'chrome-trace',
    sentence: 'this looks like a Chrome trace: use --from chrome-trace',
  },
  {
    looks: (text) => /^\s*\{[^]{0,2000}"task_graph"\s*:/.test(text),
    sentence: 'this looks like a DAGBench graph, which cannot be imported',
  },
  { looks: (text) => /^\s*[[{]/.test(text), sentence: justJson },
  {
    looks: (text) => /^on:/m.test(text) && /^jobs:/m.test(text),
    format: 'github-actions',
    sentence: 'this looks like a GitHub Actions workflow: use --from github-actions',
  },
];

/** What a text that no importer can read seems to be, as half a sentence; null: no idea worth telling. */
export function looksLike(text: string, expected: string): string | null {
  const kind = kinds.find(({ looks }) => looks(text));
  // It is that, and broken.
  if (kind === undefined || kind.format === expected) return null;
  const isOfJson = expected === 'wfformat' || expected === 'chrome-trace';
  // What is expected to be JSON is no wiser for being told that it is.
  return isOfJson && kind.sentence === justJson ? null : kind.sentence;
}

/** Text has tabs and line ends, but none of the other control characters. */
export function isBinary(text: string): boolean {
  return /[\u0000-\u0008\u000e-\u001a]/.test(text);
}
