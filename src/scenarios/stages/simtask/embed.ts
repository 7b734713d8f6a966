import { dimensions, embed, signature, tables } from 'millrace:features';
import { practise, samples } from 'millrace:warm-up';

interface ExtractedFile {
  path: string;
  package: string;
  functions: { name: string; line: number; endLine: number; tokens: string }[];
}

/** About as many as a function has tokens. */
const practiceWords = 100;

/** Runs on every worker before the clock starts, as in `extract`. */
export function setup() {
  const words = samples.flatMap(({ text }) => text.split(/\s+/));
  return practise(() => {
    for (let from = 0; from < words.length; from += practiceWords) {
      signature(embed(words.slice(from, from + practiceWords)));
    }
  });
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
