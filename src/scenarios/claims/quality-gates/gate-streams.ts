import type { Claim } from '../claim.ts';
import { lessTime, percentLess } from '../less-time.ts';
import { gates, onePool, streamDurations } from './figures.ts';

const gatesDocument = async () => (await import('../../gallery/quality-gates.ts')).document;
const runnerClasses = async () => (await import('../../gallery/runner-classes.ts')).document;
const eightStreams = async () => (await import('../../gallery/eight-streams.ts')).document;

const prepared = Object.fromEntries(gates.map(({ id }) => [`/stages/${id}/setup/when`, 'start']));

export const fiveGates: Claim = {
  id: 'D1',
  says: 'Five gate streams, then consolidation: what there is to be improved.',
  figures:
    '25–35 min: set-up 12–15, analysis 8–12, consolidation 5–8; limits of 15–30 min, runs under 10',
  scale: '1:6000',
  trials: [
    {
      kind: 'level',
      name: 'the whole run, set-ups side by side',
      document: gatesDocument,
      settings: { name: 'as published', set: {} },
      quantity: 'makespan',
      unit: 'ms',
      claimed: { low: 250, high: 350 },
      better: 'neither',
      isReplay: true,
      expects: 'no gain',
    },
  ],
  sums: [
    {
      working: '12 + 8 + 5',
      result: 12 + 8 + 5,
      unit: 'min at best',
      claimed: { low: 25, high: 25 },
      follows: 'The total adds up only if six set-ups of 2–3 min are done one after another.',
    },
    {
      working: '2 + 8 + 5',
      result: 2 + 8 + 5,
      unit: 'min at best, set-ups side by side',
      claimed: { low: 25, high: 35 },
      follows: 'Each stream sets up its own machine at the same time, so it is 15 min.',
    },
    {
      working: '3 + 12 + 8',
      result: 3 + 12 + 8,
      unit: 'min at worst, set-ups side by side',
      claimed: { low: 25, high: 35 },
      follows: 'At worst it is 23 min: all of it below the range that was published.',
    },
  ],
  faults: [
    'The fifth stream reports on the other four, and runs beside them.',
    'Its timeline has 2 min of set-up and ends at 15 min, its baseline 12–15 min of set-up and 25–35 min.',
  ],
  scenario: 'quality-gates',
  why: 'Played side by side the published parts come to 19 min, well under the published whole.',
};

export const mixedMachines: Claim = {
  id: 'D2',
  says: 'Six analyses on machines of three classes wait for the larger ones; uniform machines end that.',
  figures: '25–35 % less time',
  scale: '1:6000',
  trials: [
    {
      kind: 'compare',
      name: 'three classes, against one pool of as many machines',
      document: runnerClasses,
      before: { name: 'three classes', set: {} },
      after: { name: 'one pool', set: onePool },
      claimed: lessTime(25, 35),
      isReplay: true,
    },
  ],
  sums: [
    {
      working: '25 + 20',
      result: 25 + 20,
      unit: 'min for the two that want four cores, on one such machine',
      follows:
        'One machine of a class that two ask for is the whole delay; a second one ends it as well.',
    },
  ],
  faults: [
    'How many machines there are of each class is not said: without it no waiting can be computed.',
  ],
  scenario: 'runner-classes',
  why: 'Machines that anybody may use stand idle less; here that is worth a third, as four machines are enough for all.',
};

export const priorities: Claim = {
  id: 'D3',
  says: 'Eight streams with priorities on uniform machines.',
  figures: '12–18 min, 40–60 % less; 60 % more throughput',
  scale: '1:6000',
  trials: [
    {
      kind: 'level',
      name: 'eight streams on eight machines, and a report',
      document: eightStreams,
      settings: { name: 'by priority', set: {} },
      quantity: 'makespan',
      unit: 'ms',
      claimed: { low: 120, high: 180 },
      better: 'less',
      isReplay: true,
    },
    {
      kind: 'compare',
      name: 'first come, first served, against priorities',
      document: eightStreams,
      before: { name: 'first come, first served', set: { '/machine/order': 'fifo' } },
      after: { name: 'by priority', set: {} },
      claimed: null,
      isReplay: true,
      expects: 'no gain',
    },
  ],
  sums: [
    {
      working: '8 ÷ 5 − 1',
      result: 100 * (8 / 5 - 1),
      unit: '% more',
      claimed: { low: 60, high: 60 },
      follows: 'The throughput is the number of machines, and nothing else.',
    },
    {
      working: '1 − 18 ÷ 25',
      result: percentLess(25, 18),
      unit: '% less, from the best before to the worst after',
      claimed: { low: 40, high: 60 },
      follows: 'From range to range it is 28–66 %.',
    },
    {
      working: '2 + 6 + 2',
      result: 2 + 6 + 2,
      unit: 'min at best, by its targets for set-up, analysis and consolidation',
      claimed: { low: 12, high: 18 },
      follows: 'Its targets for the parts come to 10–17 min, not to the 12–18 of the whole.',
    },
  ],
  faults: [
    'The “uniform” machines are four with eight cores and four with four.',
    'With a machine for each stream nobody waits, so a priority has nothing to decide.',
  ],
  scenario: 'eight-streams',
  why: 'The longest stream and the report are the whole time; priorities matter once there are fewer machines than streams.',
};

/** A minute is 4 ms. */
const quick = streamDurations(4);

export const health: Claim = {
  id: 'D12',
  says: 'Machines in use, streams that succeed, and hardly any waiting for locks.',
  figures: 'use 60–70 → > 85 %; > 85 % of runs succeed; < 1 % lock wait',
  scale: '1:15,000',
  trials: [
    {
      kind: 'level',
      name: 'use of eight machines',
      document: eightStreams,
      settings: { name: 'eight streams', set: quick },
      quantity: 'workers/utilization',
      unit: '%',
      claimed: { low: 85 },
      better: 'more',
      noGain: 65,
      expects: 'no gain',
    },
    {
      kind: 'level',
      name: 'waiting for one of 16 permits, beside working: eight open at once',
      document: async () => (await import('../../gallery/detectors.ts')).document,
      settings: {
        name: 'eight open at once',
        set: { '/source/count': 24, '/machine/workers': 2, '/machine/tasksPerWorker': 4 },
      },
      quantity: 'stages/analyse/waitForPermit ÷ stages/analyse/busy',
      unit: '%',
      claimed: { high: 1 },
      better: 'less',
      noGain: 100,
    },
  ],
  sums: [
    {
      working: '(12 + 10 + 15 + 8 + 10 + 10 + 8 + 6) ÷ (8 × 15)',
      result: (100 * (12 + 10 + 15 + 8 + 10 + 10 + 8 + 6)) / (8 * 15),
      unit: '% in use',
      claimed: { low: 85 },
      follows: 'Streams as uneven as in its own plan leave a third of eight machines idle.',
    },
    {
      working: '0.98⁸',
      result: 100 * 0.98 ** 8,
      unit: '% of runs',
      claimed: { low: 85 },
      follows: 'Eight streams that must all succeed need 98 % each.',
    },
  ],
  scenario: 'eight-streams',
  why: 'A machine for each stream is in use as long as its stream, and the longest decides: more use takes fewer machines. Nobody waits for one of 16 permits where eight are at work.',
};

export const experiments: Claim = {
  id: 'D9',
  says: 'Measure baseline, enhanced and experimental against each other, and fail the build past the budget.',
  figures: '40–60 % less time; budget 18 min',
  scale: '1:6000',
  trials: [
    {
      kind: 'compare',
      name: 'the baseline, against a prepared environment and a shorter report',
      document: gatesDocument,
      before: { name: 'baseline', set: {} },
      after: {
        name: 'enhanced',
        set: { ...prepared, '/stages/consolidate/work/phases/0/wait': 30 },
      },
      claimed: lessTime(40, 60),
      isReplay: true,
    },
    {
      kind: 'level',
      name: 'enhanced, against the budget',
      document: gatesDocument,
      settings: {
        name: 'enhanced',
        set: { ...prepared, '/stages/consolidate/work/phases/0/wait': 30 },
      },
      quantity: 'makespan',
      unit: 'ms',
      claimed: { high: 180 },
      better: 'less',
      isReplay: true,
    },
  ],
  faults: [
    '“Within targets” is printed with the 18 min beside it, and nothing compares the two.',
    'The third setting, “adaptive” and “predictive”, is a name: what it does is not said.',
  ],
  scenario: 'quality-gates',
  why: 'What is shortened are the set-up and the report; the longest gate stays, and is most of the time.',
};

export const rollOut: Claim = {
  id: 'D15',
  says: 'Send a fifth of the traffic to the new setting for 48 h, then all of it; one command rolls back.',
  figures: '20 % of the traffic, 48 h; 40–60 % less time to be confirmed',
  trials: [],
  untestable:
    'Two days without trouble cannot be had in a tab; the split and the roll back are in the scenario.',
  sums: [
    {
      working: '0.2 × 60 %',
      result: 0.2 * 60,
      unit: '% less over all, at best',
      follows:
        'While a fifth runs the new setting, the whole can show no more than 8–12 %: look at the fifth alone.',
    },
  ],
  scenario: 'rollout',
  why: 'A fifth of the traffic can show a fifth of the gain, so it must be measured on that fifth.',
};
