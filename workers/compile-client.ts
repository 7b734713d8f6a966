import type { CompileRemote } from '../src/live/compile/compiler.ts';
import type { CompileApi } from './compile.ts';
import CompileWorker from './compile.ts?worker';
import { Thread } from './thread.ts';

const thread = new Thread<CompileApi>(() => new CompileWorker({ name: 'compile' }), 'The compiler');
const compiler: CompileRemote = {
  compile: (input) => thread.call((remote) => remote.compile(input)),
  check: (source) => thread.call((remote) => remote.check(source)),
  strip: (source) => thread.call((remote) => remote.strip(source)),
};

/** The compile worker, started when first asked for. */
export function compileWorker(): CompileRemote {
  return compiler;
}
