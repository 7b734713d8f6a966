import type { Claim } from '../claim.ts';
import { clustering } from './clustering.ts';
import { cycles } from './cycles.ts';
import { router } from './router.ts';
import { sorting } from './sorting.ts';
import { statusChecks } from './status-checks.ts';
import { regressions, wave1, wave2 } from './waves.ts';

export const miniPipe: readonly Claim[] = [
  router,
  statusChecks,
  clustering,
  sorting,
  cycles,
  wave1,
  regressions,
  wave2,
];
