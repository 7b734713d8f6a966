/** The composition root: alone builds machines, clocks and storage, and mounts the page. */
import { CacheClient } from '../workers/cache-client.ts';
import { compileWorker } from '../workers/compile-client.ts';
import { SimulatorClient } from '../workers/simulator-client.ts';
import { BrowserTab } from './cache/store/browser-tab.ts';
import { WorkspaceShelf } from './cache/store/workspace-store.ts';
import { PipelineCompiler } from './live/compile/compiler.ts';
import { LazyRunner } from './live/lazy-runner.ts';
import type { LiveParts } from './live/live-runner.ts';
import { corpora, loadCorpus } from './scenarios/corpora.ts';
import { firstDocument } from './scenarios/first-document.ts';
import { shippedModules } from './scenarios/shipped-modules.ts';
import type { SavedWorkspace, Services } from './ui/services.ts';
import { newWorkId } from './ui/state/work-id.ts';

/** How a terminal opens the page: no interface, only `globalThis.millraceHeadless`. */
const isHeadless = location.hash === '#headless';
/** Without anybody at the page to press "End it", a worker that gives no sign of life is ended. */
const killSilentAfterMs = isHeadless ? 60_000 : null;

const compiler = new PipelineCompiler(compileWorker, shippedModules);
const cache = new CacheClient();
const parts: LiveParts = {
  compiler,
  corpus: loadCorpus,
  openCache: (namespace, settings) => cache.open(namespace, settings),
  openCounters: (namespace) => cache.openCounters(namespace),
  killSilentAfterMs,
};
const live = new LazyRunner(async () => {
  // The frame is asked for by the runner itself; here only so that both come at once.
  const [{ LiveRunner }, { CounterNotes }] = await Promise.all([
    import('./live/live-runner.ts'),
    import('./cache/store/counter-notes.ts'),
    import('./live/sandbox/frame.ts'),
  ]);
  const notes = new CounterNotes();
  return new LiveRunner({ ...parts, noteCounters: (namespace) => notes.ofRun(namespace) });
});

async function start(): Promise<void> {
  if (isHeadless) {
    const { makeHeadless } = await import('./headless.ts');
    Object.assign(globalThis, { millraceHeadless: makeHeadless(live) });
    return;
  }
  const { mountApp } = await import('./ui/mount.ts');
  mountApp(document.getElementById('app')!, services());
}

function services(): Services {
  const simulator = new SimulatorClient();
  const shelf = new WorkspaceShelf<SavedWorkspace>(
    'workspace',
    new BrowserTab('workspace'),
    newWorkId,
  );
  return {
    live,
    predictor: {
      predict: (pipeline, options) => simulator.predict(pipeline, options),
      stop: () => simulator.stop(),
    },
    compiler: { check: (source) => compiler.check(source) },
    cache,
    cacheLab: async () => new (await import('../workers/cache-lab-client.ts')).CacheLabClient(),
    workspace: {
      load: () => shelf.load(),
      save: (workspace) => shelf.save(workspace),
      saveAtOnce: (workspace) => shelf.saveAtOnce(workspace),
      available: () => shelf.available(),
      earlier: () => shelf.earlier(),
      reopen: (id) => shelf.reopen(id),
    },
    corpora,
    firstDocument,
    gallery: async () => (await import('./scenarios/index.ts')).gallery,
    environment: {
      cores: navigator.hardwareConcurrency || 2,
      isolated: globalThis.crossOriginIsolated === true,
      workers: typeof Worker === 'function',
    },
  };
}

void start();
