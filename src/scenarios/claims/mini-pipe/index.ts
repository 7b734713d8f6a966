import type { Claim } from '../claim.ts';

export const miniPipe: readonly Claim[] = [];
