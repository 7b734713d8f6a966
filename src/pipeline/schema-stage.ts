/** Schema of one stage. */
import { ceilings } from './ceilings.ts';
import { chance, timeMs } from './schema-draws.ts';
import { phases, work } from './schema-work.ts';
import {
  amount,
  list,
  oneOf,
  orNull,
  record,
  shortText,
  table,
  text,
  described as d,
} from './schema-parts.ts';

export const stage = record(
  {
    id: d(
      'Unique name: lower-case letters, digits and hyphens.',
      text('use text such as "resize"'),
    ),
    'name?': d('What people see; the id if absent.', shortText(ceilings.nameLetters)),
    'after?': d(
      'Parents: the stages whose outputs it takes. Empty: fed by the source.',
      list(text('use the id of a stage'), ceilings.stages, 'stage ids'),
    ),
    'join?': d(
      'How several parents meet. zip: the same item from each; each: every output is an item; all: one task over everything; fold: one step at a time.',
      oneOf(['zip', 'each', 'all', 'fold']),
    ),
    work: d('What a task does: your code, or a synthetic load.', work),
    'setup?': d(
      'Work before the first task.',
      record({
        'phases?': d('Its steps.', phases),
        'when?': d(
          'How often: each task, once a worker, or before the clock starts.',
          oneOf(['task', 'worker', 'start']),
        ),
      }),
    ),
    'permits?': d(
      "The stage's own semaphore: tasks running at once; null: no limit.",
      orNull(
        amount({
          min: 1,
          max: ceilings.permits,
          whole: true,
          tooSmall:
            'a semaphore with no permits never lets a task start; use 1 or more, or null for no limit',
          or: 'or null for no limit',
        }),
      ),
    ),
    'uses?': d(
      'Named shared limits a task takes, with weights, all together or none.',
      table(
        amount({
          min: 1,
          max: ceilings.permits,
          whole: true,
          tooSmall: 'use 1 or more, or leave the limit out',
        }),
        ceilings.limits,
        'limits',
      ),
    ),
    'batch?': d(
      'Several items in one task.',
      record({
        'size?': d(
          'Up to so many items in one task.',
          amount({
            min: 1,
            max: ceilings.batchSize,
            whole: true,
            tooSmall: 'a batch holds at least one item; use 1 for no batching',
          }),
        ),
        'linger?': d(
          'Wait at most this long (ms) for more items; null: until full or the input ends.',
          orNull(
            amount({ min: 0, max: ceilings.timeMs, or: 'or null to wait until the batch is full' }),
          ),
        ),
      }),
    ),
    'buffer?': d(
      'The queue before the stage.',
      record({
        'capacity?': d(
          'Room for so many items; 0: each is handed straight to a task that can start; null: endless.',
          orNull(
            amount({
              min: 0,
              max: ceilings.capacity,
              whole: true,
              or: 'or null for an endless one',
            }),
          ),
        ),
        'whenFull?': d(
          'When full: throttle (back pressure on the parents), drop-newest, drop-oldest, or grow.',
          oneOf(['throttle', 'drop-newest', 'drop-oldest', 'grow']),
        ),
      }),
    ),
    'priority?': d(
      'Larger goes first under machine.order "priority".',
      amount({ min: -1e9, max: 1e9 }),
    ),
    'timeout?': d(
      'ms a task may take before it is given up; null: no limit.',
      orNull(
        amount({
          above: 0,
          max: ceilings.timeMs,
          tooSmall:
            'every task would be given up at once; use a time above 0 ms, or null for no limit',
          or: 'or null for no limit',
        }),
      ),
    ),
    'retry?': d(
      'Another attempt after a failure.',
      record({
        'attempts?': d(
          'Attempts in all, the first included.',
          amount({
            min: 1,
            max: ceilings.attempts,
            whole: true,
            tooSmall: 'the first attempt counts; use 1 for no retry',
          }),
        ),
        'backoff?': d('ms before the second attempt.', timeMs),
        'factor?': d('Each further wait is so many times longer.', amount({ above: 0, max: 1000 })),
        'jitter?': d('Share of the wait that is random, 0 to 1.', chance),
      }),
    ),
    'onError?': d(
      'When no attempt is left: collect the failed item and go on, or stop the run.',
      oneOf(['collect', 'stop']),
    ),
    'cache?': d(
      'Keep results between runs; null: no cache.',
      orNull(
        record({
          'ttl?': d('Time to live, ms; null or 0: for ever.', orNull(timeMs)),
          'version?': d('Change it to forget all results.', shortText(ceilings.nameLetters)),
        }),
      ),
    ),
  },
  {
    id: 'a unique name such as "resize"',
    work: 'what a task does, such as {"kind": "synthetic", "phases": [{"cpu": 10}]}',
  },
);
