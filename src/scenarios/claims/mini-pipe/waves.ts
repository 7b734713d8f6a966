import type { PipelineDocument } from '../../../pipeline/types.ts';
import type { Claim, LevelTrial } from '../claim.ts';
import { inVariant } from '../in-variant.ts';

const sizes: [name: string, load: () => Promise<PipelineDocument>][] = [
  ['small: 10 steps, 3 s', async () => inVariant(await plain(), 'small')],
  ['medium: 50 steps, 15 s', () => plain()],
  ['large: 200 steps, 120 s', async () => inVariant(await plain(), 'large')],
];
const plain = async () => (await import('../../gallery/orchestrator.ts')).document;

/** Where less than a hundredth of the time can be saved, nobody would see it saved. */
const nothing = 1;

/** How much of the steps’ own time a stage takes before anything is made faster: more than that cannot be saved. */
function mostToSave(
  stage: string,
  { claimed, expects }: Pick<LevelTrial, 'claimed' | 'expects'>,
): LevelTrial[] {
  return sizes.map(([name, document]) => ({
    kind: 'level',
    name: `at most to be saved, ${name}`,
    document,
    settings: { name: 'before', set: {} },
    quantity: `stages/${stage}/busy ÷ stages/run/busy`,
    unit: '%',
    claimed,
    better: 'more',
    noGain: nothing,
    ...(expects && { expects }),
  }));
}

const [writesBefore, writesAfter] = [100, 10];
/** ms that one write must have taken, if leaving out nine of ten saved so many seconds. */
const msAWrite = (savedS: number) => (1000 * savedS) / (writesBefore - writesAfter);

export const wave1: Claim = {
  id: 'A6',
  says: 'Whole workloads get faster by fewer writes and constant sets (A1 and A2).',
  figures: 'small 3 → 2 s, medium 15 → 10 s, large 120 → 80 s; “15–50 %”',
  // Ten writes in 3 s may be a hundredth of it where storage is slow.
  trials: mostToSave('route', { claimed: { low: 15, high: 50 }, expects: 'either' }),
  sums: [
    {
      working: '(3 s − 2 s) ÷ 90 writes',
      result: msAWrite(3 - 2),
      unit: 'ms a write, small',
      follows: 'If 90 writes fewer save 1 s, a write takes 11 ms.',
    },
    {
      working: '(120 s − 80 s) ÷ 90 writes',
      result: msAWrite(120 - 80),
      unit: 'ms a write, large',
      follows:
        'If as many save 40 s, a write takes 40 times as long there, or there are 40 times as many of them: neither is told.',
    },
    {
      working: '1 − 2 ÷ 3, 1 − 10 ÷ 15, 1 − 80 ÷ 120',
      result: 100 * (1 - 80 / 120),
      unit: '% less',
      claimed: { low: 15, high: 50 },
      follows: 'All three are the same third: they were divided, not measured.',
    },
  ],
  faults: ['Every figure of the table is marked as still to be measured.'],
  scenario: 'orchestrator',
  why: 'What is judged is how much of the steps’ own time the writes take before, one write a step: no optimisation can save more than that (Amdahl’s law).',
};

export const wave2: Claim = {
  id: 'A8',
  says: 'Whole workloads get faster again by better algorithms (A3–A5).',
  figures: '“50–80 % additional”',
  trials: mostToSave('plan', { claimed: { low: 50, high: 80 }, expects: 'no gain' }),
  scenario: 'orchestrator',
  why: 'What is judged is how much of the steps’ own time the planning takes before, all of it in real time: even with 200 steps and gaps it is a fraction of a percent, so no algorithm can save half.',
};

export const regressions: Claim = {
  id: 'A7',
  says: 'Profiles before and after, a regression suite, gates, a dashboard and budgets prevent a relapse.',
  figures: 'no figure',
  trials: [],
  untestable: 'It lists what is to be built, and says of none of it what it would show.',
  scenario: 'orchestrator',
  why: 'The nearest honest experiment: give a document targets, keep a baseline, and let the check fail on a regression.',
};
