import type { Claim } from '../claim.ts';

export const pipelinesCore: readonly Claim[] = [];
