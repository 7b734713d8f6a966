/** The composition root: alone builds machines, clocks and storage, and mounts the page. */
import { BrowserSettings } from './cache/store/browser-settings.ts';
import { BrowserTab } from './cache/store/browser-tab.ts';
import type { KeptFacts } from './cache/store/thin-versions.ts';
import { WorkspaceShelf } from './cache/store/workspace-store.ts';
import { LazyRunner } from './live/lazy-runner.ts';
import { InstallOffer } from './offline/install-offer.ts';
import { corpora, loadCorpus } from './scenarios/corpora.ts';
import { firstDocument } from './scenarios/first-document.ts';
import type { SavedWorkspace, Services, Shelf } from './ui/services.ts';
import { newWorkId } from './ui/state/work-id.ts';

/** How a terminal opens the page: no interface, only `globalThis.millraceHeadless`. */
const isHeadless = location.hash === '#headless';
/** Without anybody at the page to press "End it", a worker that gives no sign of life is ended. */
const killSilentAfterMs = isHeadless ? 60_000 : null;

/** Which build this is; null: none, the development server makes the page as it goes. */
const version = document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? null;

/** A part that comes when it is first needed, or else a sentence. */
async function part<Module>(coming: Promise<Module>): Promise<Module> {
  try {
    return await coming;
  } catch {
    throw new Error('A part of the page could not be loaded: check the connection, try again');
  }
}

/** The page's own threads: what only shows a document needs none of them. */
let begun: typeof import('./threads.ts') | null = null;
const threads = async (): Promise<typeof import('./threads.ts')> =>
  (begun ??= await part(import('./threads.ts')));

const live = new LazyRunner(async () => {
  // The frame is asked for by the runner itself; here only so that all come at once.
  const [{ LiveRunner }, { CounterNotes }, { cache, compiler }] = await Promise.all([
    import('./live/live-runner.ts'),
    import('./cache/store/counter-notes.ts'),
    threads(),
    import('./live/sandbox/frame.ts'),
  ]);
  const notes = new CounterNotes();
  return new LiveRunner({
    ...{ compiler, killSilentAfterMs, corpus: loadCorpus },
    openCache: (namespace, settings) => cache.open(namespace, settings),
    openCounters: (namespace) => cache.openCounters(namespace),
    noteCounters: (namespace) => notes.ofRun(namespace),
  });
});

/** What runs and predicts, for the page and for what is embedded in others alike. */
const engines = {
  live,
  predictor: {
    // At once where they are there: the simulator works while the page is drawn anew.
    predict: async (pipeline, options) =>
      (begun ?? (await threads())).simulator.predict(pipeline, options),
    stop: () =>
      void threads().then(
        ({ simulator }) => simulator.stop(),
        // Then nothing is being worked out.
        () => {},
      ),
  },
  scheduleDigest: async (...of) =>
    (await part(import('../workers/schedule-digest.ts'))).scheduleDigest(...of),
} satisfies Partial<Services>;

const environment = {
  cores: navigator.hardwareConcurrency || 2,
  isolated: globalThis.crossOriginIsolated === true,
  workers: typeof Worker === 'function',
};

async function start(): Promise<void> {
  if (isHeadless) {
    const { makeHeadless } = await import('./headless.ts');
    const clear = async (of: string): Promise<void> => (await threads()).cache.clear(of);
    Object.assign(globalThis, { millraceHeadless: makeHeadless(live, clear) });
    return;
  }
  const target = document.getElementById('app')!;
  if (new URLSearchParams(location.search).has('embed')) {
    const { mountEmbed } = await import('./ui/embed/mount-embed.ts');
    mountEmbed(target, { ...engines, corpora, environment });
    // Without storage there is no service worker, and nothing to hold.
    holdFiles().catch(() => null);
    return;
  }
  const { mountApp } = await import('./ui/mount.ts');
  mountApp(target, services());
}

/** Where the page's service worker answers for an embedded view, its files stay for as long as it is there. */
async function holdFiles(): Promise<void> {
  if (version !== null && navigator.serviceWorker.controller !== null)
    (await import('./offline/page-worker.ts')).holdPage(version);
}

const shelfNamed = async <Facts extends KeptFacts>(name: string): Promise<Shelf<Facts>> =>
  new (await part(import('./cache/store/version-shelf.ts'))).VersionShelf<Facts>(name);

function services(): Services {
  const shelf = new WorkspaceShelf<SavedWorkspace>(
    'workspace',
    new BrowserTab('workspace'),
    newWorkId,
  );
  return {
    ...engines,
    calibrate: async () => (await part(import('./live/calibrate.ts'))).calibrate(),
    compiler: {
      check: async (source) => (await threads()).compiler.check(source),
      whole: async () => (await threads()).compiler,
    },
    cache: {
      state: async (of) => (await threads()).cache.state(of),
      rows: async (...of) => (await threads()).cache.rows(...of),
      remove: async (of, keys) => (await threads()).cache.remove(of, keys),
      clear: async (of) => (await threads()).cache.clear(of),
      accesses: async (of) => (await threads()).cache.accesses(of),
      namespaces: async () => (await threads()).cache.namespaces(),
      clearAll: async () => (await threads()).cache.clearAll(),
    },
    cacheLab: async () =>
      new (await part(import('../workers/cache-lab-client.ts'))).CacheLabClient(),
    trials: async () => (await part(import('../workers/trials-client.ts'))).trials,
    workspace: {
      load: () => shelf.load(),
      save: (workspace) => shelf.save(workspace),
      saveAtOnce: (workspace) => shelf.saveAtOnce(workspace),
      available: () => shelf.available(),
      earlier: () => shelf.earlier(),
      reopen: (id) => shelf.reopen(id),
    },
    versions: () => shelfNamed('versions'),
    baselines: () => shelfNamed('baselines'),
    results: () => shelfNamed('results'),
    ledgers: () => shelfNamed('ledgers'),
    settings: new BrowserSettings(() => localStorage),
    tabSettings: new BrowserSettings(() => sessionStorage),
    offline: {
      async keep(news) {
        if (version === null || !('serviceWorker' in navigator)) return false;
        return (await import('./offline/page-worker.ts')).keepOffline(version, news);
      },
      holdBusy: async () => (await import('./offline/page-worker.ts')).holdBusy(),
      install: new InstallOffer(),
    },
    corpora,
    firstDocument,
    sketcher: async () => new (await part(import('../workers/sketch-client.ts'))).SketchClient(),
    gallery: async () => (await import('./scenarios/index.ts')).gallery,
    claims: () => import('./scenarios/claims/index.ts'),
    environment,
  };
}

start().catch(() => {
  // There is no interface yet that could say it.
  document.getElementById('app')!.textContent =
    'Millrace could not be loaded: check the connection and reload the page.';
});
