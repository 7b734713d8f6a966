import { expect, test } from 'vitest';
import type { Claim, CurveTrial } from '../../src/scenarios/claims/claim.ts';
import { claims } from '../../src/scenarios/claims/index.ts';
import { drawsCurve, judgedSizes } from '../../src/ui/ledger/ledger-rows.ts';

const drawnOf = (claim: Claim): boolean[] =>
  claim.trials.flatMap((trial) => (trial.kind === 'curve' ? drawsCurve(claim, trial) : []));
const named = (id: string): Claim => claims.find((claim) => claim.id === id)!;

test('a curve that is judged at two sizes is drawn once; other ways and other documents are other curves', () => {
  expect(drawnOf(named('B5'))).toEqual([true, false]);
  expect(drawnOf(named('A2'))).toEqual([true, true, true]);
  expect(drawnOf(named('A5'))).toEqual([true, true]);
});

test('whichever trial comes first draws it', () => {
  const claim = named('B5');
  const curve = claim.trials.find((trial): trial is CurveTrial => trial.kind === 'curve')!;
  expect(drawsCurve({ ...claim, trials: [...claim.trials].reverse() }, curve)).toBe(false);
});

test('the sizes that a curve is judged at are those of all that share it', () => {
  const sizesOf = (id: string): string[] =>
    named(id).trials.flatMap((trial) =>
      trial.kind === 'curve' && drawsCurve(named(id), trial) ? judgedSizes(named(id), trial) : [],
    );
  expect(sizesOf('B5')).toEqual(['at 100 and at 1,000']);
  expect(sizesOf('A4')).toEqual(['from 50 to 200']);
  expect(sizesOf('A3')).toEqual(['from 200']);
});
