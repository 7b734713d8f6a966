/** Compiles stage code on a thread of its own: the compilers never weigh on the page. */
import { expose } from 'comlink';
import { checkSource, compileCode } from '../src/live/compile/compile.ts';
import { stripTypes } from '../src/live/compile/strip-types.ts';

const compiler = { compile: compileCode, check: checkSource, strip: stripTypes };

export type CompileApi = typeof compiler;
expose(compiler);
