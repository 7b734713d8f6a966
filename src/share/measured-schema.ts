/** What files and links of measured runs have in common. */
import * as v from 'valibot';
import { ceilings } from '../pipeline/ceilings.ts';
import { amount, flag, record, shortText, type Schema } from '../pipeline/schema-parts.ts';

/** Nobody repeats a run more often than that to compare it. */
export const makespansMax = 10_000;

const timeAdvice = 'use a time like "2026-11-21T19:35:42Z"';
export const instantSchema = v.pipe(v.string(timeAdvice), v.isoTimestamp(timeAdvice)) as Schema;

/** Marks that turn the direction of a text, or hide in it, make a name look like another's. */
const browserAdvice = 'use its name and version, without control characters';
export const browserSchema = v.pipe(
  shortText(ceilings.nameLetters) as v.GenericSchema<string>,
  v.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, browserAdvice),
) as unknown as Schema;

export const environmentSchema = record({
  browser: browserSchema,
  cores: amount({ min: 1, max: ceilings.cores, whole: true }),
  isolated: flag,
  timerStepMs: amount({ min: 0, max: ceilings.timeMs }),
  hidden: flag,
});
