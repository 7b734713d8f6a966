import type { WallState } from '../measure/state-timeline.ts';

/** What a stage's states are called wherever they are shown. */
export const stateWords: Readonly<Record<WallState, string>> = {
  busy: 'busy',
  setup: 'set-up',
  blocked: 'blocked downstream',
  waitForPermit: 'waiting for its permit',
  waitForLimit: 'waiting for a shared limit',
  waitForWorker: 'waiting for a worker',
  paused: 'paused',
  lingering: 'lingering',
  backingOff: 'backing off',
  lookingUp: 'looking up',
  waitForItem: 'waiting for an item',
};
