import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { planJobs, settle } from '../../src/explore/ledger/jobs.ts';
import { levelOf } from '../../src/explore/ledger/levels.ts';
import { ratioOf } from '../../src/explore/ledger/pairs.ts';
import { played } from '../../src/explore/ledger/simulated-facts.ts';
import { isPlayed } from '../../src/explore/ledger/verdict.ts';
import { isLiveOnly } from '../../src/measure/quantity.ts';
import type { Pipeline } from '../../src/pipeline/types.ts';
import type { CompareTrial, CurveTrial, LevelTrial } from '../../src/scenarios/claims/claim.ts';
import { claims, systems } from '../../src/scenarios/claims/index.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { isGain } from './direction.ts';

const trialsOf = claims.flatMap((claim) =>
  claim.trials.map((trial) => [`${claim.id}, ${trial.name}`, trial] as const),
);

const isSentence = (text: string): boolean => /^[^a-z].*[.!?]$/s.test(text);

describe.each(claims.map((claim) => [claim.id, claim] as const))('%s', (id, claim) => {
  test('is told in full', () => {
    expect(systems.map(({ letter }) => letter)).toContain(id[0]);
    expect(claim.says).toMatch(/\.$/);
    expect(claim.figures).not.toBe('');
    const why = typeof claim.why === 'string' ? [claim.why] : verdicts.map(claim.why);
    const sentences = [
      ...why,
      ...(claim.faults ?? []),
      ...(claim.sums ?? []).map((sum) => sum.follows),
    ];
    for (const sentence of [...sentences, ...(claim.untestable ? [claim.untestable] : [])])
      expect(sentence).toSatisfy(isSentence);
    expect(new Set(claim.trials.map(({ name }) => name)).size).toBe(claim.trials.length);
  });

  test('is run, or added up, or says why it is neither', () => {
    const { trials, sums = [], untestable } = claim;
    if (untestable !== undefined) expect(trials).toEqual([]);
    else expect(trials.length + sums.length).toBeGreaterThan(0);
    for (const { result } of sums) expect(result).toSatisfy(Number.isFinite);
    if (claim.scenario !== undefined)
      expect(gallery.map((entry) => entry.id)).toContain(claim.scenario);
  });
});

const verdicts = ['reproduced', 'fell short', 'refuted', 'replayed'] as const;

test('every trial fits its document', async () => {
  const { misfits } = await planJobs(claims);
  expect(misfits.map(({ test, why }) => `${test.claim.id}: ${why}`)).toEqual([]);
});

/** A ratio or a level in virtual time, where nothing costs anything but declared work. */
async function simulated(trial: CompareTrial | LevelTrial): Promise<number | string | null> {
  const document = await trial.document();
  const wanted = trial.kind === 'compare' ? [trial.before, trial.after] : [trial.settings];
  const facts = wanted.map((settings) => {
    const settled = settle(document, settings);
    if (!settled.ok) return settled.error;
    if (hasCode(settled.value.pipeline)) return null;
    return played(settled.value, { cores: 2, cache: trial.cache === true });
  });
  const other = facts.find((one) => typeof one === 'string');
  if (other !== undefined) return other;
  const [before, after] = facts.filter((one) => typeof one === 'object' && one !== null);
  if (!before) return null;
  return trial.kind === 'level' ? levelOf(before, trial) : ratioOf(before, after!, trial);
}

const hasCode = ({ stages, source }: Pipeline): boolean =>
  stages.some(({ work }) => work.kind === 'code') || source.kind === 'code';

describe.each(trialsOf)('%s', (_, trial) => {
  test('goes the way it is expected to, simulated', async () => {
    if (trial.kind === 'curve') return checkCurve(trial);
    const value = await simulated(trial);
    if (value === null || isLiveOnly(trial.quantity ?? '')) {
      // Code costs what a run measures: the live test holds these.
      expect(trial.isReplay).toBeUndefined();
      return;
    }
    if (typeof value === 'string') throw new Error(value);
    if (trial.expects === 'either') return;
    const came = isGain(trial, { value, low: value, high: value }) ? 'gain' : 'no gain';
    expect([came, value]).toEqual([trial.expects ?? 'gain', value]);
  });
});

/** Both ways are there, below them a stage that compares, and sizes on both sides of what is claimed. */
async function checkCurve(trial: CurveTrial): Promise<void> {
  const settled = settle(await trial.document(), { name: '', set: {} });
  if (!settled.ok) throw new Error(settled.error);
  const { source, stages } = settled.value.pipeline;
  const below = stages.filter(({ after }) => after.includes(trial.before));
  expect(below.some(({ after }) => after.includes(trial.after))).toBe(true);
  if (source.kind !== 'values') throw new Error('A curve needs a source of values.');
  const sizes = source.values.map((value) => (value as { n: number }).n);
  expect(sizes).toSatisfy((all: number[]) => all.every((n) => n > 0));
  const { fromN, toN = Infinity } = trial;
  expect(Math.min(...sizes)).toBeLessThan(fromN);
  expect(sizes.filter((n) => n >= fromN && n <= toN).length).toBeGreaterThan(0);
  if (toN > fromN) expect(sizes).toContain(Math.min(toN, Math.max(...sizes)));
}

test('README says how many are run live, replayed, or neither', () => {
  const counts = { live: 0, replayed: 0, neither: 0 };
  for (const { trials } of claims)
    counts[trials.length === 0 ? 'neither' : trials.every(isPlayed) ? 'replayed' : 'live']++;
  const text = readFileSync('README.md', 'utf8').replace(/\s+/g, ' ');
  expect(text).toContain(`${claims.length} claims. ${counts.live} are run live`);
  expect(text).toContain(`${counts.replayed} are replayed`);
  expect(text).toContain(`${counts.neither} have no trial`);
});

test('every claim of the five documents is there, in order', () => {
  const many = { A: 8, B: 11, C: 9, D: 15, E: 11 };
  const ids = Object.entries(many).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, at) => `${letter}${at + 1}`),
  );
  expect(claims.map(({ id }) => id)).toEqual(ids);
});
