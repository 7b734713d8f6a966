import { corpora as shipped } from 'virtual:millrace/corpora';

export interface CorpusFile {
  path: string;
  text: string;
}

/** What is shipped, without loading any of it. */
export const corpora = shipped.map(({ name, title, files, bytes }) => ({
  name,
  title,
  files,
  bytes,
}));

const loaded = new Map<string, Promise<CorpusFile[]>>();

/**
 * The files of a shipped corpus, sorted by path; fetched from the page's own origin once.
 * @throws Error one sentence, when there is no such corpus or it cannot be fetched.
 */
export function loadCorpus(name: string): Promise<CorpusFile[]> {
  let files = loaded.get(name);
  if (files === undefined) {
    files = fetchCorpus(name);
    loaded.set(name, files);
    // A failure is not kept: the next press may find the network again.
    files.catch(() => loaded.delete(name));
  }
  return files;
}

async function fetchCorpus(name: string): Promise<CorpusFile[]> {
  const corpus = shipped.find((one) => one.name === name);
  if (corpus === undefined) {
    const names = shipped.map((one) => `"${one.name}"`).join(', ');
    throw new Error(`There is no corpus "${name}"; there are ${names}.`);
  }
  const response = await fetch(corpus.url);
  if (!response.ok) {
    throw new Error(`The corpus "${name}" could not be loaded (${response.status}).`);
  }
  return (await response.json()) as CorpusFile[];
}
