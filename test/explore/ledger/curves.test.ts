import { expect, it } from 'vitest';
import type { DeliveredResult, RunReport } from '../../../src/engine/runner.ts';
import { startLedger } from '../../../src/explore/ledger/ledger.ts';
import type { PipelineDocument } from '../../../src/pipeline/types.ts';
import type { Claim, CurveTrial } from '../../../src/scenarios/claims/claim.ts';
import { SimulatingRunner } from './simulating-runner.ts';

/** The smaller a size, the more often it is done. */
const sizes = [10, 20, 40, 80, 160].map((n) => ({ n, times: 1600 / n }));
const costs = (of: (n: number) => number) => ({
  perItem: sizes.map(({ n, times }) => times * of(n)),
});

/** One way costs n² µs, the other 10 n: even at 10, sixteen times as much at 160. */
const document: PipelineDocument = {
  format: 'millrace/1',
  source: { kind: 'values', values: sizes },
  stages: [
    {
      id: 'square',
      work: { kind: 'synthetic', phases: [{ wait: 3 }, { cpu: costs((n) => (n * n) / 1000) }] },
    },
    { id: 'linear', work: { kind: 'synthetic', phases: [{ cpu: costs((n) => n / 100) }] } },
    { id: 'same', after: ['square', 'linear'], work: { kind: 'synthetic', phases: [] } },
  ],
  machine: { workers: 1, cores: 1 },
};
const curve = (more: Partial<CurveTrial> = {}): CurveTrial => ({
  ...{ kind: 'curve', name: 'square, against linear', document: () => Promise.resolve(document) },
  ...{
    before: 'square',
    after: 'linear',
    of: 'things',
    cost: 'time',
    claimed: { low: 8 },
    fromN: 80,
  },
  ...more,
});

async function outcomeOf(trial: CurveTrial, runner = new SimulatingRunner()) {
  const claim: Claim = { id: 'A3', says: '', figures: '', trials: [trial], why: '' };
  const { outcomes } = await startLedger({
    ...{ claims: [claim], runner, now: () => runner.clockMs, cores: 1, overheads: null, seed: 1 },
    ...{ cacheNamespace: 'test', clear: () => Promise.resolve() },
  }).done;
  return outcomes[0]!.trials[0]!;
}

it('reads costs of once at each size without waits, and fits what they grow like', async () => {
  const runner = new SimulatingRunner();
  const { curve: found, measured, verdict } = await outcomeOf(curve(), runner);
  expect(runner.requests).toHaveLength(1 + 12);
  expect(found!.points.map(({ n }) => n)).toEqual([10, 20, 40, 80, 160]);
  for (const { n, before, after } of found!.points) {
    expect(before).toBeCloseTo((n * n) / 1000, 4);
    expect(after).toBeCloseTo(n / 100, 4);
  }
  expect(found!.exponents!.before.value).toBeCloseTo(2, 4);
  expect(found!.exponents!.after.value).toBeCloseTo(1, 4);
  expect(found!.unit).toBe('ms');
  // 8 at 80 and 16 at 160, one ratio a run.
  expect(measured!.value).toBeCloseTo(12, 3);
  expect([measured!.samples, verdict]).toEqual([12, 'reproduced']);
});

it('judges only the sizes that the claim is about', async () => {
  const { measured, curve: found } = await outcomeOf(curve({ fromN: 20, toN: 40 }));
  // 2 at 20 and 4 at 40.
  expect(measured!.value).toBeCloseTo(3, 3);
  expect(found!.points).toHaveLength(5);
});

it.each([
  [{ claimed: { low: 40 } }, 'fell short'],
  [{ claimed: { low: 2 }, before: 'linear', after: 'square' }, 'refuted'],
] as const)('with %o: %s', async (more, verdict) => {
  expect((await outcomeOf(curve(more))).verdict).toBe(verdict);
});

it('leaves out sizes that the clock cannot tell, and says so if none is left', async () => {
  const stepping = (timerStepMs: number) =>
    new SimulatingRunner((report) => ({
      ...report,
      environment: { browser: 'B', cores: 1, isolated: true, hidden: false, timerStepMs },
    }));
  // n² ÷ 1000 × 1600 ÷ n ms a task: 16 at 10, 32 at 20; the other one takes 16 everywhere.
  const all = await outcomeOf(curve(), stepping(0.7));
  expect([all.curve!.points.length, all.note]).toEqual([5, '']);
  const some = await outcomeOf(curve({ after: 'square' }), stepping(2.4));
  expect(some.curve!.points.map(({ n }) => n)).toEqual([40, 80, 160]);
  expect(some.note).toBe('Left out: 10, 20 (too quick for this browser’s clock).');
  const none = await outcomeOf(curve(), stepping(0.9));
  expect(none).toMatchObject({
    verdict: null,
    measured: null,
    curve: { points: [], exponents: null },
  });
  expect(none.note).toBe('At sizes from 80 on there is nothing that the clock could tell apart.');
});

/** Some runs see a coarser clock than others. */
const unevenClock = () =>
  new SimulatingRunner((report, _, run) => ({
    ...report,
    environment: {
      ...{ browser: 'B', cores: 1, isolated: true, hidden: false },
      timerStepMs: run % 4 === 0 ? 2.4 : 0.7,
    },
  }));

it('a size that some runs cannot tell is left out of all', async () => {
  // Both take 16 ms at 10 and 32 at 20: the coarser clock tells neither.
  const same = { after: 'square', claimed: { low: 2 } };
  const none = await outcomeOf(curve({ ...same, fromN: 10, toN: 20 }), unevenClock());
  expect(none.curve!.points.map(({ n }) => n)).toEqual([40, 80, 160]);
  expect([none.verdict, none.measured]).toEqual([null, null]);
  expect(none.note).toBe('At sizes from 10 on there is nothing that the clock could tell apart.');
  const some = await outcomeOf(curve({ ...same, fromN: 20, toN: 40 }), unevenClock());
  expect(some.measured).toEqual({ value: 1, low: 1, high: 1, samples: 12 });
  expect(some.note).toBe('Left out: 10, 20 (too quick for this browser’s clock).');
});

it('whether a clock can tell a size is said by its middle task, and quick ones count as well', async () => {
  const values = [10, 10, 10, 20, 20, 20].map((n) => ({ n }));
  const square = { perItem: [10, 10, 30, 19, 21, 23] };
  const [first, second, third] = document.stages;
  const uneven: PipelineDocument = {
    ...document,
    source: { kind: 'values', values },
    stages: [
      { ...first!, work: { kind: 'synthetic', phases: [{ cpu: square }] } },
      { ...second!, work: { kind: 'synthetic', phases: [{ cpu: 42 }] } },
      third!,
    ],
  };
  const stepping = new SimulatingRunner((report) => ({
    ...report,
    environment: { browser: 'B', cores: 1, isolated: true, hidden: false, timerStepMs: 1 },
  }));
  const trial = curve({ document: () => Promise.resolve(uneven), fromN: 10 });
  const { curve: found } = await outcomeOf(trial, stepping);
  expect(found!.points.map(({ n }) => n)).toEqual([20]);
  expect(found!.points[0]!.before).toBeCloseTo(21, 6);
});

it('has no verdict where the two do not give the same', async () => {
  const failing = new SimulatingRunner((report) => {
    const items = { ...report.trace.meta.items, delivered: 3, failed: 2 };
    const trace = { ...report.trace, meta: { ...report.trace.meta, items } };
    const failure = { item: '1', stage: 'same', attempt: 1, message: 'Sums differ' };
    return { ...report, trace, failures: [failure] };
  });
  const { verdict, note } = await outcomeOf(curve(), failing);
  expect(verdict).toBeNull();
  expect(note).toBe('The two do not give the same: 2 of 5 items failed (Sums differ).');
});

it('takes counted costs from what is delivered, in one run', async () => {
  const counting = new SimulatingRunner((report): RunReport => {
    const results = sizes.map(({ n }, item): DeliveredResult => {
      return { item: `${item}`, stage: 'same', value: { cost: { square: n * n, linear: n } } };
    });
    return { ...report, results };
  });
  const {
    measured,
    curve: found,
    verdict,
  } = await outcomeOf(curve({ cost: 'count', unit: 'names' }), counting);
  expect(counting.requests.map(({ keepResults }) => keepResults)).toEqual([true]);
  expect(found!.points.at(-1)).toEqual({ n: 160, before: 25_600, after: 160 });
  expect(found!.unit).toBe('names');
  // 80 and 160 times as many: they vary with the size, not from run to run.
  expect(measured).toEqual({ value: 120, low: 120, high: 120, samples: 2 });
  expect(verdict).toBe('reproduced');
});
