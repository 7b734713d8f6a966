import { dimensions, embed, signature, tables } from 'millrace:features';
import sample from 'sample';

interface ExtractedFile {
  path: string;
  package: string;
  functions: { name: string; line: number; endLine: number; tokens: string }[];
}

/** Enough for a browser to have compiled what follows. */
const practiceTurns = 30;

/** Runs on every worker before the clock starts, as in `extract`. */
export function setup() {
  const words = sample.split(/\s+/);
  for (let turn = 0; turn < practiceTurns; turn++) signature(embed(words));
}

/**
 * Turns each function of a batch of files into a vector, and a signature that says which others are
 * worth comparing. A file's vectors lie one after another in one array.
 */
export default function embedFiles(files: ExtractedFile[]) {
  return files.map(({ path, package: packageName, functions }) => {
    const vectors = new Float32Array(functions.length * dimensions);
    const signatures = new Uint16Array(functions.length * tables);
    const places = functions.map(({ name, line, endLine, tokens }, i) => {
      const words = tokens.split(' ');
      const vector = embed(words);
      vectors.set(vector, i * dimensions);
      signatures.set(signature(vector), i * tables);
      return { name, line, endLine, tokens: words.length };
    });
    return { path, package: packageName, places, vectors, signatures };
  });
}
