import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import type { RunReport, RunRequest } from '../../src/engine/runner.ts';
import { CounterNotes } from '../../src/cache/store/counter-notes.ts';
import { PipelineCompiler } from '../../src/live/compile/compiler.ts';
import { LiveRunner, type LiveParts } from '../../src/live/live-runner.ts';
import { shippedModules } from '../../src/scenarios/shipped-modules.ts';
import { CacheClient } from '../../workers/cache-client.ts';
import { compileWorker } from '../../workers/compile-client.ts';

const cache = new CacheClient();

export const liveParts: LiveParts = {
  compiler: new PipelineCompiler(compileWorker, shippedModules),
  corpus: () => Promise.resolve([{ path: 'a.ts', text: 'const a = 1;' }]),
  openCache: (namespace, settings) => cache.open(namespace, settings),
  openCounters: (namespace) => cache.openCounters(namespace),
  noteCounters: (namespace) => new CounterNotes().ofRun(namespace),
  killSilentAfterMs: null,
};

/** The sandbox that was opened last: those of earlier runs go a little later. */
export const lastFrame = (): HTMLIFrameElement | undefined =>
  [...document.querySelectorAll<HTMLIFrameElement>('iframe[sandbox]')].at(-1);

export const cacheClient = cache;

const usual = new LiveRunner(liveParts);

/** Runs a document on the live machine, as an experiment of the page does, unless `onProgress` is given. */
export function startLive(
  document: Omit<PipelineDocument, 'format'>,
  more: Partial<RunRequest> = {},
  parts?: Partial<LiveParts>,
) {
  const pipeline = withDefaults({ format: 'millrace/1', ...document });
  const runner = parts ? new LiveRunner({ ...liveParts, ...parts }) : usual;
  return runner.run({
    pipeline,
    cache: 'off',
    cacheNamespace: 'test',
    ...more,
  });
}

export const runLive = (...args: Parameters<typeof startLive>): Promise<RunReport> =>
  startLive(...args).done;

/** A stage of code, short to write. */
export const code = (id: string, source: string, more: object = {}) => ({
  id,
  work: { kind: 'code' as const, source },
  ...more,
});

export const synthetic = (id: string, phases: object[], more: object = {}) => ({
  id,
  work: { kind: 'synthetic' as const, phases: phases as never },
  ...more,
});
