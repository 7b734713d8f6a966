/** Every claim of the five systems, in the order of their ids. */
import type { Claim, ClaimedSystem } from './claim.ts';
import { ggen } from './ggen/index.ts';
import { mahavishnu } from './mahavishnu/index.ts';
import { miniPipe } from './mini-pipe/index.ts';
import { pipelinesCore } from './pipelines-core/index.ts';
import { qualityGates } from './quality-gates/index.ts';

export const systems: readonly ClaimedSystem[] = [
  { letter: 'A', name: 'MINI_PIPE', about: 'a task router and orchestrator' },
  { letter: 'B', name: 'Mahavishnu', about: 'worker pools that run workflows over repositories' },
  { letter: 'C', name: 'Pipelines core', about: 'file and package pipelines' },
  { letter: 'D', name: 'Quality gates', about: 'parallel analysis streams in CI' },
  { letter: 'E', name: 'ggen lifecycle', about: 'a six-stage delivery pipeline' },
];

export const claims: readonly Claim[] = [
  ...miniPipe,
  ...mahavishnu,
  ...pipelinesCore,
  ...qualityGates,
  ...ggen,
];
