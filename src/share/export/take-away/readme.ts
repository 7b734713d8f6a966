import { toDocument } from '../../../pipeline/to-document.ts';
import type { Pipeline, PipelineDocument } from '../../../pipeline/types.ts';
import { fields, wordsFor } from './fields.ts';
import type { TakeAwayKind } from './take-away.ts';

/** How to run the project, what each setting became, and what could not be taken along. */
export function projectReadme(pipeline: Pipeline, kind: TakeAwayKind): string {
  const document = toDocument(pipeline);
  const { name, notes } = pipeline;
  const parts = [
    `# ${name.replace(/\s+/g, ' ') || 'A pipeline'}`,
    kind === 'piscina' ? ofThreads : ofJobs,
    howToRun(pipeline, kind),
    files(kind),
    '## What each setting became',
    table(
      ['Setting', 'Here', 'In this project'],
      rowsOf(document, kind, 'became').filter(([, here]) => here !== ''),
    ),
    'Whatever is not listed has its default (`lib/settings.js`).',
    '## What is left out, and why',
    table(['Setting', 'Here', 'Why'], rowsOf(document, kind, 'leftOut')),
    differences(kind),
    ...(notes === '' ? [] : ['## Notes of the document', notes.replace(/^#/gm, '##')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

const ofThreads = `A pipeline made with [Millrace](pipeline.json) as a Node project for one machine: stages run on threads
([Piscina](https://github.com/piscinajs/piscina)), and what may run at once is up to
[p-queue](https://github.com/sindresorhus/p-queue). For many machines, export the document with \`--to bullmq\`.`;

const ofJobs = `A pipeline made with [Millrace](pipeline.json) as a Node project for any number of machines: each task is a job of
[BullMQ](https://docs.bullmq.io) in Redis, and workers on whatever machine take them.`;

function howToRun({ source }: Pipeline, kind: TakeAwayKind): string {
  const folder = source.kind === 'files' ? ' -- FOLDER' : '';
  const lines =
    kind === 'piscina'
      ? ['npm install', `npm start${folder}`]
      : [
          'npm install',
          '# Redis 6.2 or newer; where it is not on this machine: export REDIS_URL=redis://HOST:6379',
          'npm run worker            # on each machine, as often as you like',
          `npm start${folder}${' '.repeat(Math.max(1, 17 - folder.length))}# once`,
        ];
  return [
    '## Run it',
    '',
    'Stage code runs with all that Node may do, not in the sandbox of the Millrace page: read what is in `stages/` and',
    '`modules/` first if it is not yours. With Node 20.12 or newer:',
    '',
    '```sh',
    ...lines,
    '```',
    '',
    'It writes `results.jsonl`, one result a line, and prints a **digest** of the results that does not depend on their',
    'order: for code that gives the same results in every run it is the one that Millrace shows under Results.',
    'Counters (`ctx.counter`) go on where the last run ended, and results that show them differ from run to run:',
    kind === 'piscina'
      ? 'delete `counters.json` to count from 0 again.'
      : "delete the project's `…:counter:…` keys in Redis to count from 0 again.",
  ].join('\n');
}

function files(kind: TakeAwayKind): string {
  const own: [file: string, what: string][] = [
    ['`pipeline.js`', 'the stages and their settings: change them here'],
    ['`stages/`', "each stage's code, a module of its own"],
    ['`source.js`', 'where items come from'],
    ...(kind === 'piscina'
      ? ([['`main.js`', 'puts it together']] as const)
      : ([
          ['`main.js`', 'takes items through the pipeline; there is one of it'],
          ['`worker.js`', 'takes jobs; there may be many'],
          ['`redis.js`', 'where Redis is'],
        ] as const)
    ).map(([file, what]): [string, string] => [file, what]),
    ['`lib/`', 'what runs it, from Millrace, under the MIT licence: yours to change'],
    ['`pipeline.json`', 'the document, for Millrace'],
  ];
  return `## What is what\n\n${table(['File', 'What it is'], own)}`;
}

function rowsOf(document: PipelineDocument, kind: TakeAwayKind, what: 'became' | 'leftOut') {
  return Object.entries(fields).flatMap(([path, fate]) => {
    const words = 'became' in fate ? fate.became : fate.leftOut;
    return what in fate ? [[`\`${path}\``, here(document, path), wordsFor(words, kind)]] : [];
  });
}

/** What the document says there: of stages, which of them say something. */
function here(document: PipelineDocument, path: string): string {
  const keys = path.split('.');
  if (keys[0] !== 'stages') return shown(valueAt(document, keys), path);
  const saying = document.stages.filter((stage) => valueAt(stage, keys.slice(1)) !== undefined);
  if (saying.length === document.stages.length && saying.length > 1) return 'all stages';
  return saying.map(({ id }) => id).join(', ');
}

const valueAt = (value: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);

/** Longest value that a table shows, characters. */
const shownMax = 40;

function shown(value: unknown, path: string): string {
  if (value === undefined) return '';
  const text = JSON.stringify(value);
  if (text.length > shownMax || ['notes', 'name', 'modules'].includes(path)) return 'yes';
  return `\`${text}\``;
}

function differences(kind: TakeAwayKind): string {
  const lines = [
    'Results are the same; **times are not**: another engine runs the code, nothing is started ahead, and starting threads counts.',
    'When items are dropped, stopped or time out, which of them depends on the moment, here as there.',
    ...(kind === 'bullmq'
      ? [
          '`main.js` holds permits, limits, batches and pauses between attempts, Redis holds the jobs. Workers may come and go: the jobs of one that dies go to another after `STALLED_MS` (30 s), once; after the second time the attempt has failed. If `main.js` itself ends, the run is to be begun again.',
          '`SLOTS` (64) is how many tasks of a stage without permits are handed out at once: set it to what all workers together can hold.',
          'What a worker prints, it prints on its own machine.',
        ]
      : []),
  ];
  return `## What differs\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
