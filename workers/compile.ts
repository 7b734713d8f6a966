/** Compiles stage code on a thread of its own: the compilers never weigh on the page. */
import { expose } from 'comlink';
import { checkSource, compileCode } from '../src/live/compile/compile.ts';

const compiler = { compile: compileCode, check: checkSource };

export type CompileApi = typeof compiler;
expose(compiler);
