import type { Claim } from '../claim.ts';
import { clustering } from './clustering.ts';
import { cycles } from './cycles.ts';
import { sorting } from './sorting.ts';
import { statusChecks } from './status-checks.ts';

export const miniPipe: readonly Claim[] = [statusChecks, clustering, sorting, cycles];
