/** The shape of a ledger's file. */
import { ceilings } from '../../pipeline/ceilings.ts';
import {
  amount,
  list,
  oneOf,
  orNull,
  record,
  shortText,
  type Schema,
} from '../../pipeline/schema-parts.ts';
import { shapeFault } from '../../pipeline/shape.ts';
import { environmentSchema, instantSchema } from '../measured-schema.ts';
import {
  curvePointsMax,
  figureMax,
  idLettersMax,
  outcomesMax,
  resultsMax,
  samplesMax,
  textLettersMax,
  trialsMax,
} from './ledger-limits.ts';
import { verdicts } from './verdict-list.ts';

export const ledgerFormat = 'millrace-ledger/1';

const figure = amount({ min: -figureMax, max: figureMax });
const cost = amount({ min: 0, max: figureMax });
const interval = record({
  value: figure,
  // JSON has no ∞.
  ...{ low: orNull(figure), high: orNull(figure) },
  samples: amount({ min: 0, max: samplesMax, whole: true }),
});
const verdict = orNull(oneOf(verdicts));
const trial = record({
  name: shortText(textLettersMax),
  verdict,
  measured: orNull(interval),
  unit: shortText(textLettersMax),
  predicted: orNull(figure),
  note: shortText(textLettersMax),
  'curve?': record({
    points: list(record({ n: cost, before: cost, after: cost }), curvePointsMax, 'sizes'),
    exponents: orNull(record({ before: interval, after: interval })),
    unit: shortText(textLettersMax),
  }),
});
export const outcomeFields: Record<string, Schema> = {
  id: shortText(idLettersMax),
  verdict,
  trials: list(trial, trialsMax, 'trials'),
  tookMs: amount({ min: 0, max: ceilings.timeMs }),
};
const schema = record(
  {
    format: oneOf([ledgerFormat]),
    results: list(
      record({
        measuredAt: instantSchema,
        environment: orNull(environmentSchema),
        outcomes: list(record(outcomeFields), outcomesMax, 'claims'),
      }),
      resultsMax,
      'results',
    ),
  },
  {
    format: `a ledger begins with "format": "${ledgerFormat}"`,
    results: 'they are what came of the claims',
  },
);

/** The first thing wrong with it, as a sentence; null: nothing. */
export function ledgerShapeFault(value: unknown): string | null {
  const fault = shapeFault(schema, value, []);
  if (fault === null) return null;
  return fault.startsWith(' ') ? `The ledger${fault}.` : `In the ledger, ${fault}.`;
}
