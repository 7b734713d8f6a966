import type { Claim } from '../claim.ts';

export const score: Claim = {
  id: 'B11',
  says: 'The system as a whole is better by its own score.',
  figures: '65 → 90 of 100 points; “10–50×”; “scales 1000×”',
  trials: [],
  untestable:
    'Nobody says what a point is, of what the 10–50× are, or what scales: nothing can be counted.',
  scenario: 'workflows',
  why: 'The nearest honest experiment is throughput and latency against load.',
};
