import { describe, expect, it } from 'vitest';
import type { LedgerProgress } from '../../../src/explore/ledger/ledger.ts';
import { startLedger } from '../../../src/explore/ledger/ledger.ts';
import { claim, compare, level, run, staged } from './sample-trials.ts';
import { SimulatingRunner } from './simulating-runner.ts';

describe('two settings in turns', () => {
  it('give a ratio with its interval, a prediction and a verdict', async () => {
    const { outcomes, runner } = await run([claim('B1', [compare()])]);
    const [trial] = outcomes[0]!.trials;
    expect(trial).toMatchObject({ verdict: 'reproduced', unit: '×', note: '' });
    expect(trial!.measured!.low).toBeGreaterThan(2.5);
    expect(trial!.measured!.high).toBeLessThan(8);
    expect(trial!.measured!.samples).toBeGreaterThanOrEqual(12);
    expect(trial!.predicted).toBeGreaterThan(2.5);
    expect(runner.requests.slice(0, 4).every(({ cache }) => cache === 'off')).toBe(true);
  });

  it.each([
    ['reproduced', { low: 2 }],
    ['fell short', { low: 10 }],
  ] as const)('are %s against %o', async (verdict, claimed) => {
    const { outcomes } = await run([claim('B1', [compare({ claimed })])]);
    expect(outcomes[0]!.verdict).toBe(verdict);
  });

  it('refute where nothing is gained', async () => {
    const even = { document: () => Promise.resolve(staged([{ wait: { uniform: [4, 6] } }])) };
    const same = { name: 'also four', set: {} };
    const trial = compare({ ...even, before: same, claimed: { low: 2 } });
    const { outcomes } = await run([claim('B1', [trial])]);
    expect(outcomes[0]!.verdict).toBe('refuted');
  });

  it('end at the first look where that settles it, and go on where it does not', async () => {
    const settled = await run([claim('B1', [compare({ claimed: { low: 20 } })])]);
    expect(settled.runner.requests).toHaveLength(2 + 2 * 12);
    // What is measured is about what is claimed.
    const close = compare({ claimed: { low: 3.9 } });
    const open = await run([claim('B1', [close])], undefined, { budgetMs: 1e9 });
    expect(open.runner.requests.length).toBeGreaterThan(2 + 2 * 12);
  });

  it('are made once for all claims about them, each with its own quantity and figures', async () => {
    const inside = compare({ name: 'queue', quantity: 'stages/work/wait/mean', claimed: null });
    const more = compare({ name: 'rate', quantity: 'throughput', better: 'more' });
    const { outcomes, runner } = await run(
      [claim('B1', [compare()]), claim('B2', [inside]), claim('B9', [more])],
      undefined,
      { looks: [12] },
    );
    expect(runner.requests).toHaveLength(2 + 2 * 12);
    const [makespan, wait, rate] = outcomes.map(({ trials }) => trials[0]!.measured!.value);
    expect(rate).toBeCloseTo(makespan!, 9);
    expect(wait).not.toBeCloseTo(makespan!, 1);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(Array(3).fill('reproduced'));
  });

  it('are not told of where their results differ, unless that is the point', async () => {
    const differing = () =>
      new SimulatingRunner((report, { pipeline }) => ({
        ...report,
        resultsDigest: String(pipeline.machine.workers),
      }));
    const { outcomes } = await run([claim('B1', [compare()])], differing());
    expect(outcomes[0]!.verdict).toBeNull();
    expect(outcomes[0]!.trials[0]!.note).toMatch(/their results differ/);
    const differs = 'The second leaves out what the first checks.';
    const allowed = await run([claim('B1', [compare({ differs })])], differing());
    expect(allowed.outcomes[0]!.trials[0]).toMatchObject({ verdict: 'reproduced', note: '' });
  });

  it('have the cache on only where the trial says so, and then each begins with an empty one', async () => {
    const cached = await run([claim('B3', [compare({ cache: true })])], undefined, {
      looks: [6],
    });
    expect(cached.runner.requests.every(({ cache }) => cache === 'on')).toBe(true);
    expect(cached.cleared).toBe(cached.runner.requests.length);
    expect((await run([claim('B3', [compare()])])).cleared).toBe(0);
  });

  it('say which quantity is not there, or is nothing', async () => {
    const { outcomes } = await run([
      claim('B1', [compare({ quantity: 'latency/p94' })]),
      claim('B2', [compare({ quantity: 'items/failed' })]),
    ]);
    expect(outcomes.map(({ trials }) => trials[0]!.note)).toEqual([
      'A run of its document has no “latency/p94”.',
      '“items/failed” is 0 there, so there is no ratio.',
    ]);
  });
});

describe('of several claims', () => {
  // Other runs than those of the one in doubt.
  const two = { name: 'two', set: { '/machine/workers': 2 } };
  const settled = claim('B1', [compare({ claimed: { low: 20 }, before: two })]);
  // What is measured is about what is claimed.
  const doubtful = claim('B2', [compare({ claimed: { low: 3.9 } })]);

  it('each is looked at after seven pairs, and those in doubt again while there is time', async () => {
    const order: string[] = [];
    const onProgress = ({ claim }: LedgerProgress): void => void order.push(claim);
    const all = [doubtful, settled, claim('C1', [level()])];
    const { outcomes, told } = await run(all, undefined, { budgetMs: 1e9, onProgress });
    const pairs = outcomes.map(({ trials }) => trials[0]!.measured!.samples);
    expect(pairs[0]).toBeGreaterThan(7);
    expect(pairs.slice(1)).toEqual([7, 7]);
    // The one in doubt comes last, after a first look at all.
    expect(order.filter((id, at) => id !== order[at - 1])).toEqual(['B2', 'B1', 'C1', 'B2']);
    expect(told.map(({ id }) => id)).toEqual(['B1', 'C1', 'B2']);
    expect(outcomes[0]!.trials[0]!.note).not.toMatch(/for want of time/);
  });

  it('seven are taken however short the time, no more, and it is said of those in doubt', async () => {
    const uneven = claim('C1', [level({ claimed: { high: 60 } })]);
    const { outcomes, runner } = await run([doubtful, settled, uneven], undefined, { budgetMs: 1 });
    expect(runner.requests).toHaveLength(2 * (2 + 2 * 7) + 1 + 7);
    expect(outcomes.map(({ trials }) => trials[0]!.note)).toEqual([
      'These are only 7 pairs, for want of time: run this claim by itself for more.',
      '',
      'These are only 7 runs, for want of time: run this claim by itself for more.',
    ]);
  });
});

describe('a level', () => {
  it('is the median of several runs with its interval', async () => {
    const { outcomes, runner } = await run([claim('C1', [level()])]);
    expect(runner.requests).toHaveLength(1 + 12);
    const { measured, verdict, unit } = outcomes[0]!.trials[0]!;
    expect([verdict, unit, measured!.samples]).toEqual(['reproduced', 'ms', 12]);
    expect(measured!.low).toBeLessThan(measured!.high);
    expect(measured!.value).toBeGreaterThan(30);
    expect(measured!.value).toBeLessThan(100);
  });

  it.each([
    ['fell short', { claimed: { high: 10 }, noGain: 200 }],
    ['refuted', { claimed: { high: 10 }, noGain: 20 }],
    ['refuted', { claimed: { high: 10 } }],
    [
      'reproduced',
      { quantity: 'workers/utilization', unit: '%', claimed: { low: 50 }, better: 'more' },
    ],
  ] as const)('is %s with %o', async (verdict, more) => {
    const { outcomes } = await run([claim('C1', [level(more)])]);
    expect(outcomes[0]!.verdict).toBe(verdict);
  });
});

describe('a replay', () => {
  const chain = staged([{ wait: 10 }], { source: { kind: 'count', count: 4 } });
  const replayed = { document: () => Promise.resolve(chain), isReplay: true } as const;

  it('is played in virtual time, judges nothing but policy, and says how it compares', async () => {
    const { outcomes, runner } = await run([
      claim('E1', [compare({ ...replayed, claimed: { low: 4, high: 4 } })]),
      claim('E2', [compare({ ...replayed, claimed: { low: 8 } })]),
      claim('E3', [level({ ...replayed, claimed: { high: 10 } })]),
    ]);
    expect(runner.requests).toHaveLength(0);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(Array(3).fill('replayed'));
    expect(outcomes[0]!.trials[0]!.measured).toEqual({ value: 4, low: 4, high: 4, samples: 1 });
    expect(outcomes.map(({ trials }) => trials[0]!.note)).toEqual([
      'Played durations come to 4.00×, which is the claimed 4×.',
      'Played durations come to 4.00×, short of the claimed at least 8×.',
      'Played durations come to 10 ms, which keeps to the claimed at most 10 ms.',
    ]);
  });

  it('comes before whatever takes time', async () => {
    const { told } = await run([claim('E1', [compare()]), claim('E2', [level(replayed)])]);
    expect(told.map(({ id }) => id)).toEqual(['E2', 'E1']);
  });
});

describe('the whole', () => {
  it('has no verdict by measuring where there is no trial, and the weakest of several', async () => {
    const sum = { working: '12 ÷ 5', result: 2.4, unit: '×', follows: '' };
    const { outcomes } = await run([
      claim('D11', [], {
        sums: [
          { ...sum, claimed: { low: 2.4 } },
          { ...sum, claimed: { low: 5 } },
        ],
      }),
      claim('D12', [], { sums: [{ ...sum, claimed: { low: 2.4 } }] }),
      claim('D13', [compare(), compare({ name: 'more', claimed: { low: 10 } })]),
    ]);
    expect(outcomes.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['D11', 'cannot add up'],
      ['D12', 'not testable'],
      ['D13', 'fell short'],
    ]);
  });

  it('says why settings do not fit, and goes on', async () => {
    const misfit = compare({ after: { name: 'fast', set: { '/machine/wrokers': 4 } } });
    const lost = level({ document: () => Promise.reject(new Error('offline')) });
    const { outcomes } = await run([
      claim('A1', [misfit]),
      claim('A2', [lost]),
      claim('A3', [level()]),
    ]);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual([null, null, 'reproduced']);
    expect(outcomes[0]!.trials[0]!.note).toMatch(/^“fast” does not fit its document: .*wrokers/);
    expect(outcomes[1]!.trials[0]!.note).toMatch(/could not be loaded/);
  });

  it('tells how far it is, never backwards, to its end', async () => {
    const { progress } = await run([claim('B1', [compare()]), claim('C1', [level()])]);
    const shares = progress.map(({ share }) => share);
    expect(shares[0]).toBe(0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toMatchObject({ claim: 'C1', trial: 'how long', leftMs: 0, share: 1 });
    expect(progress.some(({ claim }) => claim === 'B1')).toBe(true);
    expect(Math.min(...progress.map(({ leftMs }) => leftMs))).toBe(0);
  });

  it('stops when asked, keeps what is through, and tells nothing of the trial under way', async () => {
    const runner = new SimulatingRunner();
    const told: string[] = [];
    const ledger = startLedger({
      ...{ claims: [claim('C1', [level()]), claim('B1', [compare()])], runner, cores: 2 },
      ...{ now: () => runner.clockMs, overheads: null, seed: 1, cacheNamespace: 'test' },
      clear: () => Promise.resolve(),
      onOutcome: ({ id }) => told.push(id),
      onProgress({ claim, share }) {
        if (claim === 'B1' && share > 0.6) ledger.stop();
      },
    });
    const { ended, outcomes } = await ledger.done;
    expect([ended, told, outcomes.map(({ id }) => id)]).toEqual(['stopped', ['C1'], ['C1']]);
  });
});
