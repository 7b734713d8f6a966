import { tick } from 'svelte';
import { saveDocument } from '../files/save-document.ts';
import { pageKeys, type PageKey } from '../page/page-keys.ts';
import { goToRegionNamed, type RegionName } from '../page/regions.ts';
import type { Tab, Theme } from '../state/view.svelte.ts';
import { tabNames } from '../tabs/tab-names.ts';
import { whyBusy, type Command } from './command.ts';
import { entriesOf } from './entries-of.ts';
import { openDialog } from './open-dialog.ts';
import { scheduleCommands } from './schedule-commands.ts';
import { keepVersion } from '../versions/load-keeping.ts';

const keysOf = (key: PageKey): string => pageKeys[key].keys[0];

const runCommands: Command[] = [
  {
    id: 'run',
    title: 'Run on real workers',
    group: 'Run',
    keys: keysOf('run'),
    words: 'start measure execute',
    whyOff: whyBusy,
    run: async (app) => void (await app.run()),
  },
  {
    id: 'stop',
    title: 'Stop the run',
    group: 'Run',
    keys: keysOf('run'),
    words: 'end cancel abort',
    whyOff: ({ busy }) => (busy ? null : 'Nothing runs.'),
    run: (app) => app.stop(),
  },
  {
    id: 'pause',
    title: 'Pause or resume the run',
    group: 'Run',
    words: 'hold go on',
    whyOff: ({ runs }) => (runs.state === 'running' ? null : 'Nothing runs.'),
    run: ({ runs }) => runs.togglePause(),
  },
  {
    id: 'measure',
    title: 'Run without the cache',
    group: 'Run',
    words: 'measure model service times',
    whyOff: whyBusy,
    run: (app) => app.measure(),
  },
  {
    id: 'speedup',
    title: 'Measure the speedup',
    group: 'Run',
    words: 'sequential parallel efficiency baseline compare',
    whyOff: whyBusy,
    run: (app) => app.measureSpeedup(),
  },
];

const documentCommands: Command[] = [
  {
    id: 'new',
    title: 'New document',
    group: 'Document',
    words: 'blank empty create',
    run: (app) => app.openNew(),
  },
  {
    id: 'open-file',
    title: 'Open a file…',
    group: 'Document',
    words: 'load import',
    run: () => document.querySelector<HTMLInputElement>('.bar input[type="file"]')?.click(),
  },
  {
    id: 'import',
    title: 'Import…',
    group: 'Document',
    words:
      'paste text STG PSPLIB job shop flow shop WfFormat GitHub Actions workflow YAML Chrome trace CSV',
    run: (app) => openDialog(app, 'import'),
  },
  {
    id: 'save',
    title: 'Save as a file',
    group: 'Document',
    words: 'download export JSON',
    run: saveDocument,
  },
  {
    id: 'share',
    title: 'Share…',
    group: 'Document',
    keys: keysOf('share'),
    words: 'link URL copy send QR code badge embed iframe publish',
    run: (app) => openDialog(app, 'share'),
  },
  {
    id: 'keep-version',
    title: 'Keep a version',
    group: 'Document',
    keys: keysOf('keepVersion'),
    words: 'save snapshot history',
    run: keepVersion,
  },
  {
    id: 'versions',
    title: 'Versions…',
    group: 'Document',
    words: 'history restore earlier revert compare snapshots',
    run: (app) => openDialog(app, 'versions'),
  },
  {
    id: 'gallery',
    title: 'Open the gallery',
    group: 'Document',
    words: 'examples documents earlier work',
    run: (app) => openDialog(app, 'gallery'),
  },
  {
    id: 'ledger',
    title: 'Open the claims ledger',
    group: 'Document',
    words: 'claimed speedups verdicts reproduced refuted systems',
    run: (app) => openDialog(app, 'ledger'),
  },
];

const editCommands: Command[] = [
  {
    id: 'undo',
    title: 'Undo',
    group: 'Edit',
    keys: keysOf('undo'),
    words: 'back',
    whyOff: ({ doc }) => (doc.canUndo ? null : 'Nothing has been changed.'),
    run: (app) => app.undo(),
  },
  {
    id: 'redo',
    title: 'Redo',
    group: 'Edit',
    keys: keysOf('redo'),
    words: 'again',
    whyOff: ({ doc }) => (doc.canRedo ? null : 'Nothing has been undone.'),
    run: (app) => app.redo(),
  },
];

const regions: Partial<Record<RegionName, string>> = {
  graph: 'the graph',
  inspector: 'the inspector',
  schedule: 'the schedule',
};
const inspected = {
  source: 'the source',
  machine: 'the machine',
  limits: 'the shared limits',
  document: 'the document',
} as const;
/** Other words they are looked for by, in the order in which they are listed. */
const tabWords: Readonly<Record<Tab, string>> = {
  notes: 'description text',
  results: 'outputs errors failures',
  speedup: 'efficiency interval',
  why: 'bound bottleneck states utilisation latency throughput',
  whatif: 'virtual speedup faster stage gain',
  prediction: 'error scorecard calibration cores overheads',
  compare: 'variants experiment interval verdict',
  sweep: 'heat map range trade-off tune',
  cache: 'hits policy lab storage',
  log: 'console messages',
  code: 'editor stage source',
  document: 'JSON text editor',
  lesson: 'steps guess question teach class answers',
};

const goCommands: Command[] = [
  ...entriesOf(regions).map(([name, title]): Command => ({
    id: `go:${name}`,
    title: `Go to ${title}`,
    group: 'Go to',
    words: 'focus pane region',
    async run({ view }) {
      if (name === 'schedule') view.arePanelsFull = false;
      // It may only be there then.
      await tick();
      goToRegionNamed(name);
    },
  })),
  {
    id: 'full-height',
    title: 'Panels at full height, or the schedule above them',
    group: 'Go to',
    words: 'maximise maximize expand layout',
    run: ({ view }) => void (view.arePanelsFull = !view.arePanelsFull),
  },
  ...entriesOf(inspected).map(([kind, title]): Command => ({
    id: `inspect:${kind}`,
    title: `Inspect ${title}`,
    group: 'Go to',
    words: 'inspector knobs fields settings',
    run({ view }) {
      view.select({ kind });
      goToRegionNamed('inspector');
    },
  })),
  ...entriesOf(tabWords).map(([tab, words]): Command => ({
    id: `tab:${tab}`,
    title: `Go to ${tabNames[tab]}`,
    group: 'Go to',
    words: `tab panel ${words}`,
    run({ view }) {
      view.show(tab);
      document.getElementById(`tab-${tab}`)?.focus();
    },
  })),
];

const themes: Readonly<Record<Theme, string>> = {
  light: 'Light theme',
  dark: 'Dark theme',
  system: 'Theme of the system',
};

const helpCommands: Command[] = [
  {
    id: 'shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Help',
    keys: keysOf('shortcuts'),
    words: 'keys help',
    run: (app) => openDialog(app, 'shortcuts'),
  },
  {
    id: 'glossary',
    title: 'Glossary',
    group: 'Help',
    words: 'terms words explain meaning help',
    run: (app) => openDialog(app, 'glossary'),
  },
  {
    id: 'tour',
    title: 'Take the tour',
    group: 'Help',
    words: 'introduction onboarding start learn help',
    whyOff: whyBusy,
    async run(app) {
      const { startTour } = await import('../welcome/offer-tour.ts');
      await startTour(app);
    },
  },
  {
    id: 'install',
    title: 'Install Millrace as an app',
    group: 'Help',
    words: 'offline desktop home screen',
    whyOff: ({ services: { offline } }) =>
      offline.install.isThere ? null : 'The browser does not offer it now, or it is installed.',
    run: async ({ services: { offline } }) => void (await offline.install.take()),
  },
  ...entriesOf(themes).map(([theme, title]): Command => ({
    id: `theme:${theme}`,
    title,
    group: 'Go to',
    words: 'colours appearance mode view',
    whyOff: ({ view }) => (view.theme === theme ? 'It is so already.' : null),
    run: ({ view }) => void (view.theme = theme),
  })),
];

/** What the page can do whatever the document is. */
export const pageCommands: readonly Command[] = [
  ...runCommands,
  ...documentCommands,
  ...editCommands,
  ...scheduleCommands,
  ...goCommands,
  ...helpCommands,
];
