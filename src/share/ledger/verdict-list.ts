import type { ClaimVerdict } from '../../scenarios/claims/claim.ts';

/** In the order in which they are counted; a link names one by its place, so others are added at the end. */
export const verdicts: readonly ClaimVerdict[] = [
  'reproduced',
  'fell short',
  'refuted',
  'cannot add up',
  'replayed',
  'not testable',
];
