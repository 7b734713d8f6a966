import type { PipelineDocument } from '../../pipeline/types.ts';
import hash from '../stages/boardrev/hash.ts?raw';
import manifest from '../stages/boardrev/manifest.ts?raw';
import match from '../stages/boardrev/match.ts?raw';
import terms from '../stages/boardrev/terms.ts?raw';

const boardFiles = import.meta.glob<string>('../board/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The board as a module of the document, so that a reader can put tasks of their own there. */
const board = [
  '// One Markdown text a task: a heading, then what it asks for.',
  'export const tasks = [',
  ...Object.keys(boardFiles)
    .sort()
    .map((path) => `${asTemplate(boardFiles[path]!.trim())},`),
  '];',
  '',
].join('\n');

function asTemplate(text: string): string {
  return `\`${text.replace(/[\\`]|\$\{/g, '\\$&')}\``;
}

const notes = `
Finds the files that each task on a board is about.

1. **hash** names each file by the SHA-256 of its text (WebCrypto).
2. **terms** counts the words of a file; names such as \`queueDepth\` count as two.
3. **match** waits for all files, because how rare a word is depends on all of them, and finds the nearest files for every task by TF-IDF and cosine.
4. **manifest** needs no barrier: it *folds* one file at a time as they come, and lists identical ones.

**Look at** the two ends: *manifest* is done almost as soon as the last file is, *match* only begins then. The tasks are in the module \`board\`: put your own there.

**Turn** the permits of *hash*: WebCrypto works on threads of its own, so its tasks wait more than they compute, and several open at once help.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Match tasks to files',
  notes,
  source: { kind: 'corpus', corpus: 'sources' },
  stages: [
    { id: 'hash', name: 'Hash', work: { kind: 'code', source: hash } },
    {
      id: 'terms',
      name: 'Index terms',
      after: ['hash'],
      work: { kind: 'code', source: terms },
      cache: { version: '1' },
    },
    {
      id: 'match',
      name: 'Match tasks',
      after: ['terms'],
      join: 'all',
      work: { kind: 'code', source: match },
    },
    {
      id: 'manifest',
      name: 'Manifest',
      after: ['hash'],
      join: 'fold',
      work: { kind: 'code', source: manifest },
    },
  ],
  modules: { board },
  machine: { tasksPerWorker: 4 },
  variants: [{ name: 'one task open a worker', set: { '/machine/tasksPerWorker': 1 } }],
  sweep: { '/machine/tasksPerWorker': [1, 2, 4, 8] },
};
