/** Schemas of draws: numbers, or distributions they are drawn from. */
import * as v from 'valibot';
import { ceilings } from './ceilings.ts';
import {
  amount,
  choice,
  isPlainObject,
  list,
  record,
  described as d,
  type Schema,
} from './schema-parts.ts';

const unknown = v.unknown() as Schema;

/** A number, or a distribution; `unit` is what it is a number of. */
function drawOf(max: number, unit: string): Schema {
  const value = amount({ min: 0, max, tooSmall: `use 0 ${unit} or more` });
  const values = list(value, ceilings.values, `values (${unit})`, 1);
  const twoNumbers = 'use two numbers, [from, to]';
  const pair = v.pipe(
    v.array(value, twoNumbers),
    v.check((numbers) => numbers.length === 2, twoNumbers),
  ) as Schema;
  const cases: Record<string, Schema> = {
    uniform: record({ uniform: d('Evenly spread between [from, to].', pair) }),
    exponential: record({ exponential: d('Exponential: its mean.', value) }),
    lognormal: record({
      lognormal: d(
        'Log-normal: its mean, and its coefficient of variation (deviation ÷ mean).',
        record(
          { mean: value, cv: amount({ min: 0, max: 1000 }) },
          { mean: 'the mean of the distribution', cv: 'the deviation ÷ the mean, such as 0.5' },
        ),
      ),
    }),
    pareto: record({
      pareto: d(
        'Pareto, heavy-tailed: its mean, and its tail index alpha, above 1.',
        record(
          {
            mean: value,
            alpha: amount({
              above: 1,
              max: 1000,
              tooSmall: 'a Pareto distribution has a mean only above alpha 1; use 1.5, say',
            }),
          },
          { mean: 'the mean of the distribution', alpha: 'the tail index, above 1, such as 2' },
        ),
      ),
    }),
    empirical: record({ empirical: d('Drawn from these values, with replacement.', values) }),
    perItem: record({ perItem: d('Item i takes entry i, cyclic: recorded values.', values) }),
  };
  const words = Object.keys(cases);
  const other = record(Object.fromEntries(words.map((word) => [`${word}?`, unknown])));
  const empty = v.custom<unknown>(
    () => false,
    `use a number (${unit}), or one distribution: ${words.join(', ')}`,
  ) as Schema;
  return choice([value, ...Object.values(cases)], (input) => {
    if (typeof input === 'number') return value;
    if (!isPlainObject(input)) return empty;
    const found = Object.keys(input).filter((key) => Object.hasOwn(cases, key));
    if (found.length === 1) return cases[found[0]!]!;
    return found.length === 0 && Object.keys(input).length > 0 ? other : empty;
  });
}

export const durationDraw = drawOf(ceilings.timeMs, 'ms');
export const bytesDraw = drawOf(ceilings.bytes, 'bytes');
export const expandDraw = drawOf(ceilings.expand, 'outputs');

/** A chance, 0 to 1. */
export const chance = amount({ min: 0, max: 1 });
/** A fixed time in ms. */
export const timeMs = amount({ min: 0, max: ceilings.timeMs, tooSmall: 'a time is 0 ms or more' });
