import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validDocument } from '../pipeline/arbitrary.ts';
import { baselineText, readBaseline, type Baseline } from '../../src/share/baseline.ts';

const baseline: Baseline = {
  format: 'millrace-baseline/1',
  document: {
    format: 'millrace/1',
    name: 'Thumbnails "makespans": []',
    stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ wait: 3 }] } }],
  },
  environment: {
    browser: 'Chromium 156',
    cores: 2,
    isolated: true,
    timerStepMs: 0.005,
    hidden: false,
  },
  makespans: [12.5, 13, 12.75],
  results: 'abcd',
  measuredAt: '2026-11-21T19:35:42.000Z',
};
const without = (field: string): unknown =>
  Object.fromEntries(Object.entries(baseline).filter(([key]) => key !== field));
const errorOf = (value: unknown): string => {
  const read = readBaseline(typeof value === 'string' ? value : JSON.stringify(value));
  return read.ok ? 'it is fine' : read.error;
};

test('a baseline comes back from its file as it was', () => {
  const time = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
  const environment = fc.record({
    browser: fc.string({ maxLength: 60 }),
    cores: fc.integer({ min: 1, max: 256 }),
    isolated: fc.boolean(),
    timerStepMs: fc.double({ min: 0, max: 100, noNaN: true }).map(Math.abs),
    hidden: fc.boolean(),
  });
  const written: fc.Arbitrary<Baseline> = fc.record({
    format: fc.constant('millrace-baseline/1' as const),
    document: validDocument,
    environment: fc.option(environment),
    makespans: fc.array(time, { minLength: 1, maxLength: 40 }),
    results: fc.option(fc.string({ maxLength: 200 })),
    measuredAt: fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') })
      .map((one) => one.toISOString()),
  });
  fc.assert(
    fc.property(written, (value) => {
      expect(readBaseline(baselineText(value))).toEqual({ ok: true, value });
    }),
  );
});

test('a document of any legal size comes back, its lists as long as they may be', () => {
  const perItem = Array.from({ length: 900_000 }, (_, index) => index % 97);
  const work = { kind: 'synthetic' as const, phases: [{ wait: { perItem } }] };
  const document = { ...baseline.document, stages: [{ id: 'a', work }] };
  const text = baselineText({ ...baseline, document });
  expect(text.length).toBeLessThan(JSON.stringify(document).length + 1000);
  expect(text.split('\n')).toHaveLength(9);
  expect(readBaseline(text).ok).toBe(true);
});

test.each([
  ['no JSON', '{', 'is no JSON'],
  ['a document', baseline.document, 'That is a pipeline document, not a baseline'],
  ['a list', [], 'The baseline is an empty list: use an object with format'],
  ['no format', without('format'), 'In the baseline, format is missing'],
  ['no runs', { ...baseline, makespans: [] }, 'makespans is an empty list: give at least one'],
  ['a time of none', { ...baseline, makespans: [3, 0] }, 'makespans[1] is 0: use a number above 0'],
  ['no time stamp', { ...baseline, measuredAt: 'yesterday' }, 'use a time like "2026'],
  ['another field', { ...baseline, makespan: 3 }, 'did you mean "makespans"?'],
  ['a wrong document', { ...baseline, document: { format: 'millrace/1' } }, 'stages is missing'],
  ['deep nesting', `${'['.repeat(300)}`, 'nested too deeply'],
])('%s is refused in a sentence', (_, value, words) => {
  const error = errorOf(value);
  expect(error).toContain(words);
  expect(error).toMatch(/^[A-Z].*\.$/);
});

test('whatever a file holds is answered, never thrown', () => {
  fc.assert(fc.property(fc.json(), (text) => void errorOf(text)));
  fc.assert(fc.property(fc.string(), (text) => void errorOf(text)));
});
