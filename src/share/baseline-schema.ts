/** The shape of a baseline's file, all but the document in it. */
import * as v from 'valibot';
import { ceilings } from '../pipeline/ceilings.ts';
import {
  amount,
  list,
  oneOf,
  orNull,
  record,
  shortText,
  type Schema,
} from '../pipeline/schema-parts.ts';
import { shapeFault } from '../pipeline/shape.ts';
import { environmentSchema, instantSchema, makespansMax } from './measured-schema.ts';

const schema = record(
  {
    format: oneOf(['millrace-baseline/1']),
    document: v.unknown() as Schema,
    environment: orNull(environmentSchema),
    makespans: list(amount({ above: 0, max: ceilings.timeMs }), makespansMax, 'times in ms', 1),
    results: orNull(shortText(ceilings.nameLetters)),
    measuredAt: instantSchema,
  },
  {
    format: 'a baseline begins with "format": "millrace-baseline/1"',
    document: 'it is the pipeline that was measured',
    makespans: 'they are the times of the runs, in ms',
    environment: 'it says in what browser the runs were; null if that is not known',
    results: 'it is the digest of what was delivered; null if that is not known',
    measuredAt: 'use a time like "2026-11-21T19:35:42Z"',
  },
);

/** The first thing wrong with it, as a sentence; null: nothing but, perhaps, the document in it. */
export function baselineShapeFault(value: unknown): string | null {
  const fault = shapeFault(schema, value, []);
  if (fault === null) return null;
  return fault.startsWith(' ') ? `The baseline${fault}.` : `In the baseline, ${fault}.`;
}
