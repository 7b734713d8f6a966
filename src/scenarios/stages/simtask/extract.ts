import { functionsOf } from 'millrace:typescript';
import { practise, samples } from 'millrace:warm-up';

interface ScannedFile {
  path: string;
  package: string;
  kind: string;
  text: string;
}

/** Below this a function is too short for its likeness to mean anything. */
const minTokens = 24;

/** Runs on every worker before the clock starts: a parser that has parsed before is several times faster. */
export function setup() {
  return practise(() => {
    for (const { path, text } of samples) functionsOf(text, path);
  });
}

/**
 * Finds the functions of each file of a batch with a real parser. A file that does not parse fails
 * alone, by name: an `Error` among the results is that file's own.
 */
export default function extractAll(files: ScannedFile | ScannedFile[], ctx: StageContext) {
  // A file that is alone in its task stands for itself.
  if (!Array.isArray(files)) return extract(files, ctx);
  return files.map((file) => {
    try {
      return extract(file, ctx);
    } catch (error) {
      return error as Error;
    }
  });
}

function extract(file: ScannedFile, ctx: StageContext) {
  const functions = functionsOf(file.text, file.path)
    .filter((found) => found.tokens.length >= minTokens)
    .map(({ name, kind, line, endLine, tokens }) => ({
      name,
      kind,
      line,
      endLine,
      // One text travels to the next worker faster than a list of many short ones.
      tokens: tokens.join(' '),
    }));
  if (functions.length === 0) return ctx.none;
  return { path: file.path, package: file.package, functions };
}
