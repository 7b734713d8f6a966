import type { Claim } from '../claim.ts';
import { batches } from './batches.ts';
import { collectPools } from './collect-pools.ts';
import { failingPool, listPools, listWithFailures } from './list-pools.ts';
import { nestedLimits } from './nested-limits.ts';
import { routing } from './routing.ts';
import { score } from './score.ts';
import { searchCache, searchOverall } from './search-cache.ts';
import { workflows } from './workflows.ts';

export const mahavishnu: readonly Claim[] = [
  collectPools,
  listPools,
  searchCache,
  nestedLimits,
  routing,
  workflows,
  failingPool,
  batches,
  listWithFailures,
  searchOverall,
  score,
];
