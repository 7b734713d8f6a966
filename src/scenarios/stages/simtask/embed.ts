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

/** A batch of files is an array, a file that is alone in its task stands for itself. */
export default function embedFiles(files: ExtractedFile | ExtractedFile[]) {
  return Array.isArray(files) ? files.map(embedFile) : embedFile(files);
}

/**
 * Turns each function of a file into a vector, and a signature that says which others are worth comparing. The
 * vectors lie one after another in one array.
 */
function embedFile({ path, package: packageName, functions }: ExtractedFile) {
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
}
