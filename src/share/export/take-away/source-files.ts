import type { Pipeline } from '../../../pipeline/types.ts';
import { literal } from './literal.ts';

/** `source.js`, and the data that it reads. */
export function sourceFiles(
  { source }: Pipeline,
  corpus: readonly { path: string; text: string }[] | null,
  sourceModule: string | null,
): [path: string, text: string][] {
  const { imports, body, data } = bodyOf(source, corpus, sourceModule);
  const { arrivals } = source;
  const isTimed = arrivals.kind !== 'all';
  const lib = [...imports, ...(isTimed ? ["import { timed } from './lib/arrivals.js';"] : [])];
  const text = [
    ...lib,
    "import { pipeline } from './pipeline.js';",
    '',
    body,
    '',
    '/** Where items come from. Put your own here: anything that can be iterated over. */',
    isTimed
      ? `export const items = (ask) => timed(all(ask), ${literal(arrivals)}, pipeline.seed);`
      : 'export const items = all;',
    '',
  ].join('\n');
  // Not every source asks for a setting.
  const isAsked = text.replace(/^import.*$/gm, '').includes('pipeline.');
  const written = isAsked ? text : text.replace(/^import \{ pipeline \}.*\n\n?/m, '');
  return [['source.js', written.trimStart()], ...data];
}

interface Body {
  imports: string[];
  body: string;
  data: [path: string, text: string][];
}

function bodyOf(
  source: Pipeline['source'],
  corpus: readonly { path: string; text: string }[] | null,
  sourceModule: string | null,
): Body {
  const readData = "import { readFileSync } from 'node:fs';";
  const listed = (file: string, list: readonly unknown[]): Body => ({
    imports: [readData],
    body: [
      'async function* all() {',
      `  yield* JSON.parse(readFileSync(new URL('./${file}', import.meta.url), 'utf8'));`,
      '}',
    ].join('\n'),
    data: [[file, `[\n${list.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`]],
  });
  switch (source.kind) {
    case 'count':
      return {
        imports: [],
        body: [
          'async function* all() {',
          `  for (let index = 0; index < ${source.count}; index++) yield { index };`,
          '}',
        ].join('\n'),
        data: [],
      };
    case 'values':
      return listed('data/items.json', source.values);
    case 'corpus':
      return listed('data/corpus.json', corpus ?? []);
    case 'files':
      return {
        imports: ["import { filesIn } from './lib/read-files.js';"],
        body: [
          'async function* all() {',
          '  const [folder] = process.argv.slice(2);',
          "  if (folder === undefined) throw new Error('Name the folder to read: npm start -- FOLDER');",
          '  yield* filesIn(folder);',
          '}',
        ].join('\n'),
        data: [],
      };
    case 'service':
      return {
        imports: ["import { servicePaged } from './lib/arrivals.js';"],
        body: 'const all = () => servicePaged(pipeline.service, pipeline.seed);',
        data: [],
      };
    case 'code':
      return {
        imports: [
          "import { makeContext } from './lib/context.js';",
          "import { standIn } from './lib/run-task.js';",
          `import make from '${sourceModule}';`,
        ],
        body: [
          'async function* all(ask) {',
          '  const { signal } = new AbortController();',
          "  const ctx = makeContext(standIn('source'), { ...pipeline, ask, signal, setup: undefined });",
          '  yield* await make(ctx);',
          '}',
        ].join('\n'),
        data: [],
      };
  }
}
