import { PipelineCompiler } from '../../src/live/compile/compiler.ts';
import { LiveRunner, type LiveParts } from '../../src/live/live-runner.ts';
import { compileWorker } from '../../workers/compile-client.ts';

const nothing = (what: string) => () => Promise.reject(new Error(`The bench has no ${what}.`));

/** The live machine as the page has it, for documents that need nothing but their own code. */
export const makeBareRunner = (options: Pick<LiveParts, 'keepSandboxMs'> = {}): LiveRunner =>
  new LiveRunner({
    ...options,
    compiler: new PipelineCompiler(compileWorker, {}),
    corpus: nothing('corpus'),
    openCache: nothing('cache'),
    openCounters: nothing('counters'),
    killSilentAfterMs: null,
  });
