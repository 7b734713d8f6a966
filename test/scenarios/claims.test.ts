import { describe, expect, test } from 'vitest';
import { applySet } from '../../src/pipeline/edit.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { Settings, Trial } from '../../src/scenarios/claims/claim.ts';
import { claims, systems } from '../../src/scenarios/claims/index.ts';
import { gallery } from '../../src/scenarios/index.ts';

const settingsOf = (trial: Trial): Settings[] => {
  if (trial.kind === 'compare') return [trial.before, trial.after];
  return trial.kind === 'level' ? [trial.settings] : [];
};

test('each belongs to a system, and none is there twice', () => {
  const letters = systems.map(({ letter }) => letter as string);
  for (const { id } of claims) {
    expect(id).toMatch(/^[A-E]\d+$/);
    expect(letters).toContain(id[0]);
  }
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
});

test('those of a system are in the order of their numbers', () => {
  const rank = (id: string) => letterRank(id) * 100 + Number(id.slice(1));
  const letterRank = (id: string) => systems.findIndex(({ letter }) => letter === id[0]);
  const ranks = claims.map(({ id }) => rank(id));
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
});

describe.each(claims)('$id', ({ trials, sums = [], faults = [], untestable, scenario, why }) => {
  test('is put to some test, or says why it is not', () => {
    expect(trials.length + sums.length + (untestable === undefined ? 0 : 1)).toBeGreaterThan(0);
    if (untestable !== undefined) expect(trials).toEqual([]);
    if (scenario !== undefined) expect(gallery.map(({ id }) => id)).toContain(scenario);
  });

  test('its trials set what is there, to documents that are valid', async () => {
    expect(new Set(trials.map(({ name }) => name)).size).toBe(trials.length);
    for (const trial of trials) {
      const document = await trial.document();
      for (const { name, set } of settingsOf(trial)) {
        const changed = applySet(document, set);
        expect(changed.ok ? '' : changed.error, name).toBe('');
        const { problems } = parseDocument(changed.ok ? changed.value : {});
        expect(problems, `${trial.name}: ${name}`).toEqual([]);
      }
    }
  });

  test('its sentences are sentences, its figures numbers', () => {
    for (const { result, claimed } of sums) {
      expect(result).toBeTypeOf('number');
      expect(Number.isFinite(result)).toBe(true);
      expect(claimed.low ?? claimed.high).toBeDefined();
    }
    const sentences = [...sums.map(({ follows }) => follows), ...faults, untestable ?? '.'];
    if (typeof why === 'string') sentences.push(why);
    for (const sentence of sentences) expect(sentence).toMatch(/[.!]$/);
  });
});
