import type { Claim } from '../claim.ts';
import { nestedLimits } from './nested-limits.ts';

export const mahavishnu: readonly Claim[] = [nestedLimits];
