/** The shape of what a link carries, all but the document in it. */
import * as v from 'valibot';
import { ceilings } from '../../pipeline/ceilings.ts';
import {
  amount,
  list,
  orNull,
  record,
  shortText,
  type Schema,
} from '../../pipeline/schema-parts.ts';
import { shapeFault } from '../../pipeline/shape.ts';
import { environmentSchema, instantSchema, makespansMax } from '../measured-schema.ts';

/** A page of text; more is a document of its own. */
export const noteLettersMax = 4000;

const hex = (digits: number): Schema => {
  const advice = `use ${digits} hexadecimal digits`;
  return v.pipe(v.string(advice), v.regex(new RegExp(`^[0-9a-f]{${digits}}$`), advice)) as Schema;
};
const time = amount({ min: 0, max: ceilings.timeMs });
/** A nanosecond: no clock of a browser is finer, and what is next to nothing makes ratios that are no numbers. */
const leastMs = 1e-6;
const makespans = list(
  amount({ min: leastMs, max: ceilings.timeMs }),
  makespansMax,
  'times in ms',
  1,
);

/** A name, and no letter. */
export const answererLettersMax = 80;
const size = amount({ min: 0, max: Number.MAX_SAFE_INTEGER });
const stepAnswer = record(
  {
    guess: orNull(size),
    value: orNull(
      record({
        ...{ value: size, low: size, high: size },
        runs: amount({ min: 1, max: 1000, whole: true }),
      }),
    ),
  },
  { guess: 'it is a number; null if there was none', value: 'it is what the run came to, or null' },
);

const schema = record(
  {
    document: v.unknown() as Schema,
    'note?': shortText(noteLettersMax),
    'view?': record({
      'tab?': shortText(ceilings.nameLetters),
      'selected?': list(shortText(ceilings.nameLetters), ceilings.stages, 'stages'),
      'zoom?': v.pipe(
        v.strictTuple([time, time], 'use two times in ms: from and to'),
        v.check(([from, to]) => (from as number) < (to as number), 'the second time must be later'),
      ) as unknown as Schema,
    }),
    'result?': record(
      {
        measuredAt: instantSchema,
        environment: orNull(environmentSchema),
        makespans,
        'sequential?': makespans,
        results: orNull(hex(32)),
        schedule: orNull(
          record({ digest: hex(64), cores: amount({ min: 1, max: ceilings.cores, whole: true }) }),
        ),
      },
      {
        measuredAt: 'it is the time of the measurement',
        environment: 'it says in what browser the runs were; null if that is not known',
        makespans: 'they are the times of the runs, in ms',
        results: 'it is the digest of what was delivered; null if that is not known',
        schedule: 'it is the digest of the predicted schedule; null if there is none',
      },
    ),
    'answers?': record(
      {
        name: shortText(answererLettersMax),
        answeredAt: instantSchema,
        environment: orNull(environmentSchema),
        steps: list(stepAnswer, ceilings.lessonSteps, 'answers', 1),
      },
      {
        name: 'it is who answered',
        answeredAt: 'it is the time of the last answer',
        environment: 'it says in what browser the runs were; null if that is not known',
        steps: 'they are the answers, one a step',
      },
    ),
  },
  { document: 'it is the pipeline that is shared' },
);

/**
 * The first thing wrong with it, as a sentence; null: nothing but, perhaps, the document in it.
 * @param carrier what it is in: "link"
 */
export function contentShapeFault(value: unknown, carrier: string): string | null {
  const fault = shapeFault(schema, value, []);
  if (fault === null) return null;
  return fault.startsWith(' ')
    ? `The ${carrier}’s content${fault}.`
    : `In the ${carrier}, ${fault}.`;
}
