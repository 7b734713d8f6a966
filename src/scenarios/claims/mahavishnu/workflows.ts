import type { Claim } from '../claim.ts';

const document = async () => (await import('../../gallery/workflows.ts')).document;

const twenty = { '/source/count': 20 };

/** A minute’s workflows as those of a second here. */
const aSecond = (perMinute: number) => (500 * perMinute) / 60;

/** Little's law: a minute × in flight ÷ a minute's workflows, s. */
const secondsEach = (inFlight: number, perMinute: number) => (60 * inFlight) / perMinute;

export const workflows: Claim = {
  id: 'B6',
  says: 'The whole system gets ten times as many workflows done.',
  figures: '20 → 200+ a minute; a load test of 20 at once for 60 s',
  scale: '1:500',
  trials: [
    {
      kind: 'compare',
      name: 'throughput, 10 in flight, against 20',
      document,
      before: { name: '10 in flight', set: twenty },
      after: { name: '20 in flight', set: { ...twenty, '/machine/inFlight': 20 } },
      quantity: 'throughput',
      better: 'more',
      claimed: { low: 10 },
    },
    {
      kind: 'compare',
      name: 'throughput, with pools at once and searches cached as well',
      document,
      before: { name: '10 in flight', set: twenty },
      after: {
        name: 'all of it',
        set: {
          ...twenty,
          '/machine/inFlight': 20,
          '/stages/list/work/phases/0/wait': 2,
          '/stages/search/work/phases/0/wait': 1.32,
        },
      },
      quantity: 'throughput',
      better: 'more',
      claimed: { low: 10 },
      isReplay: true,
    },
    {
      kind: 'level',
      name: 'what is done when 200 a minute arrive and 20 are let in',
      document,
      settings: {
        name: 'arrivals',
        set: {
          '/machine/inFlight': 20,
          '/source/arrivals': { kind: 'poisson', rate: aSecond(200) },
        },
      },
      quantity: 'throughput',
      unit: 'a second, at 1:500',
      claimed: { low: aSecond(200) },
      better: 'more',
      noGain: aSecond(20),
      isReplay: true,
    },
  ],
  sums: [
    {
      working: '10 in flight ÷ 20 a minute (Little)',
      result: secondsEach(10, 20),
      unit: 's a workflow before',
      follows:
        'Each workflow took 30 s, less than the 50 s that one of its parts is said to have taken.',
    },
    {
      working: '20 in flight ÷ 200 a minute (Little)',
      result: secondsEach(20, 200),
      unit: 's a workflow after',
      follows: 'Each would have to take 6 s: a fifth, of which no fix speaks.',
    },
    {
      working: '20 ÷ 10 in flight',
      result: 20 / 10,
      unit: '×',
      claimed: { low: 10 },
      follows: 'What is in flight explains twice the throughput, not ten times.',
    },
  ],
  scenario: 'workflows',
  why: 'Throughput is what is in flight divided by how long it takes (Little’s law): twice as many in flight are twice the throughput while each takes as long as before. More that arrive only wait longer.',
};
