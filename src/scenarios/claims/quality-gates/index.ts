import type { Claim } from '../claim.ts';

export const qualityGates: readonly Claim[] = [];
