import { describe, expect, it } from 'vitest';
import { atLeast, clopperPearson } from './experiment/binomial.ts';
import { noiseLevels } from './experiment/noise.ts';
import { alarms, simulateExperiment } from './experiment/simulated.ts';

/** A small part of `npm run bench -- experiment`, with seeds of its own, fixed beforehand. */
const firstSeed = 501;
const experiments = 60;
const usual = noiseLevels[1]!;

describe(`experiments on a machine that drifts (seeds from ${firstSeed})`, () => {
  it('do not raise false alarms more often than 5 %, as a one-sided test at 95 % has it', async () => {
    let found = 0;
    for (let seed = firstSeed; seed < firstSeed + experiments; seed++) {
      const of = { level: usual, seed, baseMs: 1500, budgetMs: 60_000, ratios: [1] };
      if (alarms(await simulateExperiment(of)).any) found++;
    }
    expect(atLeast(found, experiments, 0.05)).toBeGreaterThanOrEqual(0.05);
  });
  it('find a true 10 % difference', async () => {
    let found = 0;
    for (let seed = firstSeed; seed < firstSeed + experiments; seed++) {
      const of = { level: usual, seed, baseMs: 1500, budgetMs: 60_000, ratios: [1.1] };
      const { comparisons } = await simulateExperiment(of);
      if (comparisons[0]!.speedup!.verdict === 'faster') found++;
    }
    expect(found / experiments).toBeGreaterThanOrEqual(0.9);
  });
  it('narrow their interval from look to look, and end within ± 2 % on a calm machine', async () => {
    const state = await simulateExperiment({
      ...{ level: noiseLevels[0]!, seed: firstSeed, baseMs: 300, budgetMs: 60_000, ratios: [1.1] },
    });
    const [first, last] = [state.comparisons[0]!.looks[0]!, state.comparisons[0]!.looks.at(-1)!];
    expect(state.ended).toBe('precise');
    expect(last.high - last.low).toBeLessThanOrEqual(first.high - first.low);
    expect(last.low).toBeLessThanOrEqual(1.1);
    expect(last.high).toBeGreaterThanOrEqual(1.1);
  });
});

describe('the share of what was found', () => {
  it('has its exact interval (Clopper and Pearson’s own tables)', () => {
    const [low, high] = clopperPearson(1, 20);
    expect(low).toBeCloseTo(0.0013, 4);
    expect(high).toBeCloseTo(0.2487, 4);
    expect(clopperPearson(250, 250)[0]).toBeCloseTo(0.025 ** (1 / 250), 6);
    expect(clopperPearson(0, 20)[1]).toBeCloseTo(1 - 0.025 ** (1 / 20), 6);
    expect(atLeast(1, 20, 0.05)).toBeCloseTo(1 - 0.95 ** 20, 12);
  });
});
