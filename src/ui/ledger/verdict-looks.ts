import type { ClaimVerdict } from '../../scenarios/claims/claim.ts';

export interface VerdictLook {
  word: string;
  /** A token of the theme, and its ground. */
  colour: string;
  ground: string;
  /** A shape of its own in a box of 16 × 16, so that colour never has to tell alone. */
  path: string;
  /** What it means, in a sentence. */
  means: string;
}

const circle = 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z';

export const verdictLooks: Readonly<Record<ClaimVerdict | 'not run' | 'no verdict', VerdictLook>> =
  {
    reproduced: {
      word: 'reproduced',
      ...{ colour: '--good', ground: '--good-soft' },
      path: 'M2 8.6 6 12.6 14 3.6',
      means:
        'A speedup whose whole interval is a gain, its median within 5 % of the claim or beyond it, or at most 15 % off where the interval holds it; “no slower” within 5 %. A count or share reaches its figure.',
    },
    'fell short': {
      word: 'fell short',
      ...{ colour: '--warn', ground: '--warn-soft' },
      path: 'M2 13.5H14M8 11V3M4.8 6.2 8 3l3.2 3.2',
      means: 'There is a gain, smaller than claimed.',
    },
    refuted: {
      word: 'refuted',
      ...{ colour: '--bad', ground: '--bad-soft' },
      path: 'M3 3 13 13M13 3 3 13',
      means:
        'There is no gain, or one too small to be seen; “no slower” is slower in the whole interval; of what can be counted, the count is another.',
    },
    'cannot add up': {
      word: 'cannot add up',
      ...{ colour: '--bad', ground: '--bad-soft' },
      path: 'M2 6H14M2 10.5H14M11 2 5 14.5',
      means: 'The document’s own figures contradict it.',
    },
    replayed: {
      word: 'replayed',
      ...{ colour: '--accent', ground: '--accent-soft' },
      path: 'M4 2.5 13 8 4 13.5z',
      means:
        'The document’s own durations were played: policy and arithmetic are judged, never the durations.',
    },
    'not testable': {
      word: 'not testable',
      ...{ colour: '--ink-2', ground: '--sunken' },
      path: 'M2.5 8H13.5',
      means: 'It cannot be tested in a browser tab.',
    },
    'not run': {
      word: 'not run yet',
      ...{ colour: '--ink-3', ground: '--panel' },
      path: circle,
      means: 'It has not been run in this browser.',
    },
    'no verdict': {
      word: 'no verdict',
      ...{ colour: '--ink-2', ground: '--sunken' },
      path: `${circle}M8 4.5v4M8 11v.6`,
      means:
        'A trial could not be run here, or its runs vary too much to tell, and it might be weaker than the others.',
    },
  };
