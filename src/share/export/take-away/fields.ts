import type { TakeAwayKind } from './take-away.ts';

type Words = string | Readonly<Record<TakeAwayKind, string>>;
/** What a field of the document is in the project: something, or nothing, and why. */
export type Fate = { became: Words } | { leftOut: Words };

const became = (words: Words): Fate => ({ became: words });
const leftOut = (words: Words): Fate => ({ leftOut: words });

/**
 * Every field of the document (`stages` and what is under it means each of them) and its fate. The README of a project
 * is written from this table, and a test holds it against the document's schema.
 */
export const fields: Readonly<Record<string, Fate>> = {
  format: became('`pipeline.json` is the document itself'),
  name: became('the name in `package.json`'),
  notes: became('the end of this file'),
  seed: became('`seed`: the same seeded draws (`ctx.random`, arrivals, retries, synthetic stages)'),
  'source.kind': became('`source.js`: put your own items there'),
  'source.count': became('`source.js`: items `{ index }`'),
  'source.values': became('`data/items.json`'),
  'source.code': became('`source-code.js`, run where `main.js` runs'),
  'source.corpus': became('`data/corpus.json`'),
  'source.files': became('the folder you name: `npm start -- FOLDER`'),
  'source.service': became('`service`: the same pages, delays and failures by the same seed'),
  'source.bytes': leftOut('sizes are declared for predictions only'),
  'source.arrivals': became('`source.js`: items are held back until they are due'),
  'stages.id': became('the name of its file in `stages/`'),
  'stages.name': leftOut('only the page shows it; files and results go by the id'),
  'stages.after': became('`after`'),
  'stages.join': became({
    piscina: '`join`; a fold has a thread of its own, which keeps what it has come to',
    bullmq: '`join`; a fold runs where `main.js` runs, which keeps what it has come to',
  }),
  'stages.work': became(
    'a module in `stages/`: your code without its types; a synthetic stage waits and burns CPU as declared',
  ),
  'stages.setup': became('`setup`, with what the module exports as `setup`: on each thread'),
  'stages.permits': became({
    piscina: '`permits`: the concurrency of a p-queue',
    bullmq: '`permits`: the concurrency of a p-queue in `main.js`, for all workers together',
  }),
  'stages.uses': became('`uses`: taken all at once or not at all (`lib/limits.js`)'),
  'stages.batch.size': became('`batch.size`'),
  'stages.batch.linger': became('`batch.linger`'),
  'stages.buffer.capacity': became(
    '`buffer.capacity`; an item that has its permit and waits for a shared limit or a thread is no longer counted',
  ),
  'stages.buffer.whenFull': became('`buffer.whenFull`'),
  'stages.priority': became({
    piscina: '`priority`: that of a p-queue, where `order` is "priority"',
    bullmq: '`priority`: that of its jobs, where `order` is "priority"',
  }),
  'stages.timeout': became(
    '`timeout`: the signal is aborted; a thread that goes on for 50 ms is ended, and what else it had open runs again',
  ),
  'stages.retry': became('`retry`: attempts, backoff, factor and jitter, by the same seeded draws'),
  'stages.onError': became('`onError`'),
  'stages.cache': leftOut(
    'every result is computed; to keep some, look them up where the stage begins (keyv, Redis, a file)',
  ),
  modules: became('files in `modules/`; those shipped with Millrace are bundled and minified'),
  limits: became({
    piscina: '`limits`',
    bullmq: '`limits`, held by `main.js` for all workers together',
  }),
  'machine.cores': leftOut('it describes a simulated machine; here the real one counts'),
  'machine.workers': became({
    piscina: '`threads.count`: threads of a Piscina pool',
    bullmq: '`threads.count`: threads of each worker; start as many workers as you like',
  }),
  'machine.tasksPerWorker': became({
    piscina: '`threads.tasksAtOnce`: `concurrentTasksPerWorker` of the pool',
    bullmq: '`threads.tasksAtOnce`; a worker takes as many jobs as its threads can hold',
  }),
  'machine.warm': became('`threads.warm`: `minThreads` of the pool'),
  'machine.routing': leftOut({
    piscina: 'Piscina gives each task to the least busy thread',
    bullmq: 'whichever worker is free takes the next job, and gives it to its least busy thread',
  }),
  'machine.order': became(
    '`order`: "fifo", "priority" and "downstream-first"; the others need to know what is still to come, and become "fifo"',
  ),
  'machine.inFlight': became('`inFlight`: the source waits'),
  'machine.memory': leftOut('nobody measures values in flight; bound them with `inFlight`'),
  cache: leftOut('there is no cache: see `stages.cache`'),
  targets: leftOut('times to reach are for the page and for `millrace check`'),
  variants: leftOut('a project has one setting of each kind: change `pipeline.js`'),
  sweep: leftOut('a project has one setting of each kind: change `pipeline.js`'),
  lesson: leftOut('it is for readers of the page'),
};

export const wordsFor = (words: Words, kind: TakeAwayKind): string =>
  typeof words === 'string' ? words : words[kind];
