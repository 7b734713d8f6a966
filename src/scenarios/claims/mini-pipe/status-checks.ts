import type { Claim, CurveTrial } from '../claim.ts';

const document = async () => (await import('../../gallery/status-checks.ts')).document;

function against(name: string, before: string): CurveTrial {
  return {
    kind: 'curve',
    name,
    document,
    before,
    after: 'hoisted',
    of: 'checks',
    cost: 'time',
    claimed: { low: 3, high: 5 },
    fromN: 50,
  };
}

export const statusChecks: Claim = {
  id: 'A2',
  says: 'Test a step’s status by one constant set.',
  figures: '“O(n) → O(1)”, “3–5×” for workflows of 50 steps and more',
  trials: [
    // One set in 50 or 200 checks: a few percent, if that.
    { ...against('a set a call (the listing), against one set', 'per-call'), expects: 'either' },
    against('a set a check, against one set', 'per-check'),
    against('a list, against one set', 'array'),
  ],
  faults: [
    'The listing’s “before” was a set already, which it calls O(n): both ways are O(1).',
    'It has two members, so even a list of them would be searched in two steps at most.',
  ],
  scenario: 'status-checks',
  why: 'What costs is making the set, not looking into it, and the listing made it once a call: 3–5× needs one made at every check.',
};
