import { filesIn, filesUnder, readWithin, sortedByPath, type CorpusFile } from './files.ts';
import { packageMetadata } from './package-metadata.ts';

export interface Corpus {
  name: string;
  title: string;
  files: CorpusFile[];
  /** Of all texts, in UTF-8. */
  bytes: number;
}

/** Bytes. Together they stay near 3 MB, which travels in a third of that, once somebody presses Run. */
const budgets = {
  ownSources: 1_400_000,
  sources: 2_600_000,
  documents: 150_000,
  packages: 300_000,
};

/**
 * Real function bodies from installed packages, in this order after the project's own until the budget is
 * spent: enough work for a parser to take a second. All are under the MIT or ISC licence; the licence texts
 * are in "documents".
 */
const borrowed = [
  ...['shape', 'hierarchy', 'array', 'force'].map((part) => `node_modules/d3-${part}/dist`),
  'node_modules/svelte/src/internal/client',
  'node_modules/@noble/hashes/src',
  'node_modules/svelte/src/compiler',
];

/** Until the budget is spent: first what the examples speak of, then the rooms as they build on each other. */
const ownFolders = [
  'src/scenarios',
  ...['base', 'pipeline', 'trace', 'engine', 'simulate', 'cache', 'measure', 'share', 'live'].map(
    (room) => `src/${room}`,
  ),
  ...['src', 'workers', 'test'],
];

/** Gathers the shipped corpora from the project's own tree and the packages it is built with. */
export function gatherCorpora(root: string): Corpus[] {
  return [
    corpus('sources', 'Source code', sources(root)),
    corpus('documents', 'Documents', readWithin(root, documentPaths(root), budgets.documents)),
    corpus('packages', 'Package metadata', withinBudget(packageMetadata(root), budgets.packages)),
  ];
}

function corpus(name: string, title: string, files: readonly CorpusFile[]): Corpus {
  return { name, title, files: sortedByPath(files), bytes: sizeOf(files) };
}

function sources(root: string): CorpusFile[] {
  const ownPaths = ownFiles(root).filter((path) => /\.(ts|svelte)$/.test(path));
  const lentPaths = borrowed
    .flatMap((folder) => filesUnder(root, folder))
    .filter((path) => /\.([mc]?js|ts)$/.test(path) && !/\.min\.|\.d\.ts$|\/d3-\w+\.js$/.test(path));
  const own = readWithin(root, ownPaths, budgets.ownSources);
  return [...own, ...readWithin(root, lentPaths, budgets.sources - sizeOf(own))];
}

function ownFiles(root: string): string[] {
  return [...new Set(ownFolders.flatMap((folder) => filesUnder(root, folder)))];
}

function sizeOf(files: readonly CorpusFile[]): number {
  return files.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0);
}

function documentPaths(root: string): string[] {
  const isDocument = (path: string) => /\.(md|html)$/.test(path);
  const own = ['README.md', 'index.html', ...ownFiles(root)];
  const packages = new Set(borrowed.map((path) => packageFolder(path)));
  const lent = [
    ...packages,
    'node_modules/comlink',
    'node_modules/valibot',
    'node_modules/idb-keyval',
  ].flatMap((folder) => [`${folder}/README.md`, ...licencesIn(root, folder)]);
  return [...own.filter(isDocument), ...lent];
}

function packageFolder(path: string): string {
  return (/^node_modules\/(@[^/]+\/)?[^/]+/.exec(path) as RegExpExecArray)[0];
}

function licencesIn(root: string, folder: string): string[] {
  return filesIn(root, folder).filter((path) => /\/LICEN[CS]E(\.\w+)?$/i.test(path));
}

function withinBudget(files: readonly CorpusFile[], budget: number): CorpusFile[] {
  let left = budget;
  return files.filter((file) => (left -= Buffer.byteLength(file.text)) >= 0);
}
