import fc from 'fast-check';
import type { ClaimOutcome, Interval, LedgerResult } from '../../../src/explore/ledger/outcome.ts';
import type { Claim, Trial } from '../../../src/scenarios/claims/claim.ts';
import { judgeClaim, judgeTrial } from '../../../src/explore/ledger/verdict.ts';

const document = () => Promise.reject(new Error('nobody runs these'));
const settings = { name: 'as it is', set: {} };

const compare = (name: string): Trial => ({
  ...{ kind: 'compare', name, document, before: settings, after: settings },
  claimed: { low: 2, high: 5 },
});
const level = (name: string): Trial => ({
  ...{ kind: 'level', name, document, settings, quantity: 'makespan', unit: 'ms' },
  ...{ claimed: { high: 100 }, better: 'less' },
});
const curve = (name: string): Trial => ({
  ...{ kind: 'curve', name, document, before: 'old', after: 'new', of: 'gaps', cost: 'time' },
  ...{ claimed: { low: 10, high: 100 }, fromN: 200 },
});

/** As many claims as the five systems make, with trials of every kind. */
export const sampleClaims: readonly Claim[] = Object.entries({ A: 8, B: 11, C: 9, D: 15, E: 11 })
  .flatMap(([letter, count]) => Array.from({ length: count }, (_, at) => `${letter}${at + 1}`))
  .map((id, at) => ({
    ...{ id, says: `Claim ${id} in short.`, figures: '2–5×', why: 'It is so.' },
    trials: [
      ...(at % 9 === 8 ? [] : [compare(`${id}: as listed`)]),
      ...(at % 2 === 0 ? [compare(`${id}: with more items`)] : []),
      ...(at % 5 === 0 ? [level(`${id}: how long`)] : []),
      ...(at % 11 === 3 ? [curve(`${id}: growing`)] : []),
    ],
  }));

/** Three digits, as links carry them. */
const figure = fc
  .double({ min: 0.001, max: 1e6, noNaN: true })
  .map((value) => Number(value.toPrecision(3)));
/** As links carry what is judged. */
const judgedFigure = fc
  .double({ min: 0.001, max: 1e6, noNaN: true })
  .map((value) => Number(value.toPrecision(5)));
const interval: fc.Arbitrary<Interval> = fc.record({
  value: judgedFigure,
  low: fc.oneof({ weight: 9, arbitrary: judgedFigure }, fc.constant(-Infinity)),
  high: fc.oneof({ weight: 9, arbitrary: judgedFigure }, fc.constant(Infinity)),
  samples: fc.nat(1000),
});
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });

function outcomeOf({ id, trials }: Claim): fc.Arbitrary<ClaimOutcome> {
  const outcomes = trials.map((trial) => {
    const unit = trial.kind === 'level' ? trial.unit : '×';
    const plain = {
      ...{ name: fc.constant(trial.name), unit: fc.constant(unit), note: fc.constant('') },
      verdict: fc.constant(null),
      measured: orNull(interval),
      predicted: orNull(figure),
    };
    if (trial.kind !== 'curve') return fc.record(plain);
    const point = fc.record({ n: fc.integer({ min: 1, max: 1e6 }), before: figure, after: figure });
    return fc.record({
      ...plain,
      curve: fc.record({
        points: fc.array(point, { maxLength: 8 }),
        exponents: orNull(fc.record({ before: interval, after: interval })),
        unit: fc.constant('ms'),
      }),
    });
  });
  return fc
    .record({
      id: fc.constant(id),
      trials: fc.tuple(...outcomes),
      tookMs: fc.nat(1000).map((ds) => ds * 100),
    })
    .map(({ trials: told, ...rest }): ClaimOutcome => {
      // Whoever reads a ledger judges its figures again.
      const judged = told.map((one, at) => ({
        ...one,
        verdict: judgeTrial(trials[at]!, one.measured),
      }));
      return { ...rest, verdict: judgeClaim({ trials }, judged), trials: judged };
    });
}

const environment = fc.record({
  browser: fc.string({ maxLength: 30 }),
  cores: fc.integer({ min: 1, max: 1024 }),
  isolated: fc.boolean(),
  timerStepMs: fc.constantFrom(0.005, 0.1, 1),
  hidden: fc.boolean(),
});

/** What came of some claims, measured in one go; at least one. */
export const someResult: fc.Arbitrary<LedgerResult> = fc.record({
  measuredAt: fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString()),
  environment: orNull(environment),
  outcomes: fc
    .subarray([...sampleClaims], { minLength: 1 })
    .chain((claims) => fc.tuple(...claims.map(outcomeOf))),
});

/** Every claim, each trial measured, in one go. */
export const wholeResult: fc.Arbitrary<LedgerResult> = fc.record({
  measuredAt: fc.constant('2026-11-22T09:00:00.000Z'),
  environment,
  outcomes: fc.tuple(...sampleClaims.map(outcomeOf)),
});
