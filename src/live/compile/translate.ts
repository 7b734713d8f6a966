import { digestHex } from '../../base/digest.ts';
import { checkSyntax, problemOf, type SyntaxFound } from './check-syntax.ts';
import { cutImports, type CutText } from './cut-imports.ts';
import { stripTypes } from './strip-types.ts';

/** One source text, checked and translated, its imports not yet looked for. */
export interface Translation extends SyntaxFound {
  /** null: it has problems. */
  text: CutText | null;
  digest: string;
}

/** Texts kept; the oldest goes first. Each is a stage's or a module's code: some KB. */
const keptTexts = 200;
const kept = new Map<string, Translation>();
const utf8 = new TextEncoder();

/** Translates a TypeScript source; remembered by its text, so that an edit costs one stage. */
export function translate(source: string): Translation {
  const known = kept.get(source);
  if (known) return known;
  const found = checkSyntax(source);
  const translation: Translation = { ...found, text: null, digest: digestHex(utf8.encode(source)) };
  if (found.problems.length === 0) {
    try {
      const text = stripTypes(source);
      const isAlone = found.imports.length === 0;
      translation.text = isAlone ? { pieces: [text], specifiers: [] } : cutImports(text);
    } catch (error) {
      translation.problems = [problemOf(error as Error)];
    }
  }
  return keep(source, translation);
}

/** A shipped module: it is JavaScript already and imports nothing. */
export function takeShipped(text: string): Translation {
  const known = kept.get(text);
  if (known) return known;
  return keep(text, {
    problems: [],
    imports: [],
    hasDefaultExport: false,
    moves: false,
    text: { pieces: [text], specifiers: [] },
    digest: digestHex(utf8.encode(text)),
  });
}

function keep(source: string, translation: Translation): Translation {
  if (kept.size >= keptTexts) kept.delete(kept.keys().next().value!);
  kept.set(source, translation);
  return translation;
}
