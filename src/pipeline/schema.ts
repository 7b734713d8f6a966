/**
 * The shape of the document, field by field, with the sentence the editor shows for each. Rules that
 * tie fields together are in the `rules-…` files.
 */
import * as v from 'valibot';
import { ceilings } from './ceilings.ts';
import { timeMs } from './schema-draws.ts';
import { lessonSchema } from './schema-lesson.ts';
import { source } from './schema-source.ts';
import { stage } from './schema-stage.ts';
import {
  amount,
  amountOr,
  flag,
  list,
  oneOf,
  orNull,
  record,
  shortText,
  table,
  text,
  described as d,
  type Schema,
} from './schema-parts.ts';

const unknown = v.unknown() as Schema;
const machine = record({
  'cores?': d(
    'Cores of the simulated machine; null: what this browser reports.',
    orNull(amount({ min: 1, max: ceilings.cores, whole: true, or: "or null for this browser's" })),
  ),
  'workers?': d(
    'Workers (threads): a number, or "cores".',
    amountOr('cores', { min: 1, max: ceilings.workers, whole: true }),
  ),
  'tasksPerWorker?': d(
    'Tasks one worker holds open: waits overlap, CPU does not.',
    amount({ min: 1, max: ceilings.tasksPerWorker, whole: true }),
  ),
  'warm?': d(
    'Workers started before the clock: a number, or "all".',
    amountOr('all', { min: 0, max: ceilings.workers, whole: true }),
  ),
  'routing?': d(
    'Which worker a task goes to.',
    oneOf([
      'shared-queue',
      'round-robin',
      'random',
      'least-loaded',
      'least-loaded-scan',
      'two-choices',
      'affinity',
    ]),
  ),
  'order?': d(
    'Which of the tasks that could start goes first.',
    oneOf(['fifo', 'lifo', 'priority', 'shortest', 'critical-path', 'downstream-first']),
  ),
  'inFlight?': d(
    'Items inside the pipeline at once (the outer semaphore); null: no limit.',
    orNull(
      amount({
        min: 1,
        max: ceilings.items,
        whole: true,
        tooSmall: 'no item could ever enter; use 1 or more, or null for no limit',
        or: 'or null for no limit',
      }),
    ),
  ),
  'memory?': d(
    'The source pauses when the items in flight take too much; null: no limit.',
    orNull(
      record(
        {
          budget: d('Bytes.', amount({ min: 1, max: ceilings.bytes })),
          'highWater?': d(
            'Share of the budget at which the source pauses.',
            amount({ above: 0, max: 1 }),
          ),
        },
        { budget: 'bytes, such as 268435456' },
      ),
    ),
  ),
});

const cache = record({
  'maxSize?': d('Bytes that results may take in storage.', amount({ min: 0, max: ceilings.bytes })),
  'ttl?': d('Time to live, ms, where a stage says nothing; null or 0: for ever.', orNull(timeMs)),
  'compress?': d('Compress what is stored.', flag),
  'policy?': d(
    'What goes when it is full.',
    oneOf(['lru', 'fifo', 'lfu', 'lru-buckets', 'w-tinylfu']),
  ),
});

const goalMs = amount({ above: 0, max: ceilings.timeMs });
const target = record({
  'target?': d('Wanted, ms.', goalMs),
  'stretch?': d('Hoped for, ms.', goalMs),
});
const settings = table(unknown, ceilings.stages, 'pointers');
const name = shortText(ceilings.nameLetters);

export const documentSchema: Schema = record(
  {
    format: d('Always "millrace/1".', oneOf(['millrace/1'], 'this version reads "millrace/1"')),
    'name?': d('What the pipeline is called.', name),
    'notes?': d('Markdown, shown beside the graph.', text()),
    'seed?': d(
      'Every random draw of a run descends from it.',
      amount({ min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }),
    ),
    'source?': d('Where items come from.', source),
    stages: d(
      'The stages; their order breaks ties only.',
      list(stage, ceilings.stages, 'stages', 1),
    ),
    'modules?': d(
      'Importable by stage code by name.',
      table(text('use code'), ceilings.modules, 'modules'),
    ),
    'limits?': d(
      'Capacities of the named shared limits.',
      table(
        amount({
          min: 1,
          max: ceilings.permits,
          whole: true,
          tooSmall: 'a limit without capacity never lets a task start; use 1 or more',
        }),
        ceilings.limits,
        'limits',
      ),
    ),
    'machine?': d('Workers, and how tasks come to them.', machine),
    'cache?': d('The result cache as a whole.', cache),
    'targets?': d(
      'Times to reach.',
      record({
        'total?': d('For the makespan.', target),
        'stages?': d('For single stages, by id.', table(target, ceilings.stages, 'stages')),
      }),
    ),
    'variants?': d(
      'A/B/n experiments.',
      list(
        record(
          { name: d('What it is called.', name), set: d('JSON Pointer → value.', settings) },
          { name: 'what the variant is called', set: 'JSON Pointers with values' },
        ),
        ceilings.variants,
        'variants',
      ),
    ),
    'sweep?': d(
      'JSON Pointer → the values to try.',
      table(list(unknown, ceilings.sweepPoints, 'values', 1), 20, 'pointers'),
    ),
    'lesson?': d('Steps of a lesson.', lessonSchema(settings)),
  },
  {
    format: 'write "format": "millrace/1"',
    stages: 'a list of at least one stage',
  },
);
