import type { Claim } from '../claim.ts';

export const ggen: readonly Claim[] = [];
