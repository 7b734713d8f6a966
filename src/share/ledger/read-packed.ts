/** What is in a ledger's link, read as what a stranger wrote. */
import * as v from 'valibot';
import { fail, type Result } from '../../base/result.ts';
import { nestingDepth } from '../../base/nesting.ts';
import type { Interval, LedgerResult } from '../../explore/ledger/outcome.ts';
import { ceilings } from '../../pipeline/ceilings.ts';
import { amount, list, orNull, shortText, type Schema } from '../../pipeline/schema-parts.ts';
import type { Claim, ClaimVerdict } from '../../scenarios/claims/claim.ts';
import { browserSchema, instantSchema } from '../measured-schema.ts';
import type { ForeignTrial } from './known-outcome.ts';
import { finiteOrNot, knownLedger, type ReadLedger } from './ledger-file.ts';
import {
  curvePointsMax,
  figureMax,
  idLettersMax,
  nestingMax,
  outcomesMax,
  resultsMax,
  samplesMax,
  trialsMax,
} from './ledger-limits.ts';
import { trialCode } from './trial-code.ts';
import { verdicts } from './verdict-list.ts';

/** Tenths of a second. */
const msOfTook = 100;
const tuple = (...parts: Schema[]): Schema => v.strictTuple(parts) as Schema;
const orZero = (schema: Schema): Schema => v.union([v.literal(0), schema]) as Schema;
const figure = amount({ min: -figureMax, max: figureMax });
const cost = amount({ min: 0, max: figureMax });
const bit = amount({ min: 0, max: 1, whole: true });
const interval = orZero(
  tuple(figure, orNull(figure), orNull(figure), amount({ min: 0, max: samplesMax, whole: true })),
);
const verdict = amount({ min: -1, max: verdicts.length - 1, whole: true });
const curve = tuple(list(cost, 3 * curvePointsMax, 'costs'), interval, interval);
const environment = tuple(
  ...[browserSchema, amount({ min: 1, max: ceilings.cores, whole: true })],
  ...[bit, amount({ min: 0, max: ceilings.timeMs }), bit],
);
const plainTrial = [shortText(idLettersMax), verdict, interval, orNull(figure)] as const;
const trial = v.union([tuple(...plainTrial), tuple(...plainTrial, curve)]) as Schema;
const outcome = tuple(
  ...[shortText(idLettersMax), verdict, amount({ min: 0, max: ceilings.timeMs / msOfTook })],
  list(trial, trialsMax, 'trials'),
);
const schema = list(
  tuple(instantSchema, orZero(environment), list(outcome, outcomesMax, 'claims')),
  ...([resultsMax, 'results'] as const),
);

type PackedInterval = [number, number | null, number | null, number] | 0;
type PackedTrial = [
  code: string,
  verdict: number,
  measured: PackedInterval,
  predicted: number | null,
  curve?: [number[], PackedInterval, PackedInterval],
];
type PackedResult = [
  measuredAt: string,
  environment: [string, number, number, number, number] | 0,
  outcomes: [id: string, verdict: number, tookDs: number, trials: PackedTrial[]][],
];

/** @param damaged the sentence where it is no JSON */
export function readPacked(
  text: string,
  claims: readonly Claim[],
  damaged: string,
): Result<ReadLedger> {
  if (nestingDepth(text) > nestingMax) return fail(`${otherwise} It is nested too deeply.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail(damaged);
  }
  const read = v.safeParse(schema, value, { abortEarly: true });
  if (!read.success) return fail(`${otherwise} ${placeOf(read.issues[0])}`);
  return knownLedger((value as PackedResult[]).map(unpackedResult), claims);
}

const otherwise = 'The link holds something else than a ledger: copy it again.';

/** Lists have no names for their places: numbers tell where. */
function placeOf(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).map((item) => (item as { key: unknown }).key);
  return path.length === 0 ? 'It is no list.' : `Wrong is place ${path.join(', ')}.`;
}

const unpackedResult = ([measuredAt, environment, outcomes]: PackedResult) => ({
  measuredAt,
  environment: unpackedEnvironment(environment),
  outcomes: outcomes.map(([id, place, tookDs, trials]) => ({
    ...{ id, verdict: verdictAt(place), tookMs: tookDs * msOfTook },
    trials: trials.map(unpackedTrial),
  })),
});

function unpackedEnvironment(packed: PackedResult[1]): LedgerResult['environment'] {
  if (packed === 0) return null;
  const [browser, cores, isolated, timerStepMs, hidden] = packed;
  return { browser, cores, isolated: isolated === 1, timerStepMs, hidden: hidden === 1 };
}

function unpackedTrial([code, place, measured, predicted, packed]: PackedTrial): ForeignTrial {
  return {
    isOf: ({ name }) => trialCode(name) === code,
    ...{ verdict: verdictAt(place), measured: unpackedInterval(measured), predicted },
    ...(packed && { curve: unpackedCurve(packed) }),
  };
}

function unpackedCurve([costs, before, after]: NonNullable<PackedTrial[4]>) {
  const points = Array.from({ length: Math.floor(costs.length / 3) }, (_, at) => {
    const [n, then, now] = costs.slice(3 * at, 3 * at + 3) as [number, number, number];
    return { n, before: then, after: now };
  });
  const exponents = [before, after].map(unpackedInterval);
  const [first, second] = exponents;
  return { points, exponents: first && second ? { before: first, after: second } : null };
}

function unpackedInterval(packed: PackedInterval): Interval | null {
  if (packed === 0) return null;
  const [value, low, high, samples] = packed;
  return { value, ...finiteOrNot(low, high), samples };
}

const verdictAt = (place: number): ClaimVerdict | null => verdicts[place] ?? null;
