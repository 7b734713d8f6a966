import { wrap, type Remote } from 'comlink';
import type { CompileRemote } from '../src/live/compile/compiler.ts';
import type { CompileApi } from './compile.ts';
import CompileWorker from './compile.ts?worker';

let remote: Remote<CompileApi> | null = null;

/** The compile worker, started when first asked for. */
export function compileWorker(): CompileRemote {
  return (remote ??= wrap<CompileApi>(new CompileWorker({ name: 'compile' })));
}
