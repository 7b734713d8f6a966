import type { Claim } from '../claim.ts';
import { fallbacks, lazyImports, preparedEnvironment, streaming } from './environment.ts';
import {
  experiments,
  fiveGates,
  health,
  mixedMachines,
  priorities,
  rollOut,
} from './gate-streams.ts';
import { astReuse, detectorPool, largerCache, savedReads, scaling } from './reuse.ts';

export const qualityGates: readonly Claim[] = [
  ...[fiveGates, mixedMachines, priorities, streaming, preparedEnvironment, lazyImports],
  ...[detectorPool, largerCache, experiments, astReuse, scaling, health, savedReads],
  ...[fallbacks, rollOut],
];
