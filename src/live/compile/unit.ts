import type { RunError } from '../../engine/runner.ts';

/**
 * One module ready to be loaded in the sandbox. Its text is `pieces[0] + url(imports[0]) + pieces[1] + …`:
 * specifiers are cut out on the trusted side, and the address of each import (a blob made inside the
 * frame) is put in their place. Units come after what they import.
 */
export interface CodeUnit {
  /** For messages: `stage "resize"`, `module "tokens"`, `the source`. */
  name: string;
  pieces: string[];
  /** Indices of earlier units. */
  imports: number[];
  /** Of a stage: what it is given is moved to its worker rather than copied, and what it puts out from there. */
  moves: boolean;
  /** SHA-256 of the text and of all it imports: part of cache keys. Hex. */
  digest: string;
}

/** All code of a pipeline, in loading order. */
export interface CompiledCode {
  units: CodeUnit[];
  /** Stage index → its unit; -1: a synthetic stage. */
  stageUnits: number[];
  /** -1: the source has no code. */
  sourceUnit: number;
}

/** What to compile. */
export interface CodeInput {
  stages: { id: string; source: string | null }[];
  sourceCode: string | null;
  /** The document's own modules. */
  modules: Record<string, string>;
  /** Specifiers of all shipped modules, and the texts of those asked for so far. */
  shippedNames: string[];
  shippedTexts: Record<string, string>;
}

export interface CompileOutput {
  /** null: see `errors`, or fetch `needs` and ask again. */
  code: CompiledCode | null;
  errors: RunError[];
  /** Shipped modules whose text is needed. */
  needs: string[];
}
