import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isResultFile,
  readResultFile,
  resultFileText,
  type MeasuredContent,
} from '../../../src/share/link/result-file.ts';
import { arbitraryCase } from '../../sim/arbitrary-case.ts';

const whole: MeasuredContent = {
  document: {
    format: 'millrace/1',
    name: 'Grüße 👋',
    stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 5 }] } }],
  },
  note: 'Two laptops, one afternoon.',
  view: { tab: 'why', selected: ['a'], zoom: [0, 12.5] },
  result: {
    measuredAt: '2026-11-21T19:35:42.000Z',
    environment: {
      ...{ browser: 'Chromium 156.0', cores: 8, isolated: true, timerStepMs: 0.005, hidden: false },
    },
    makespans: [120.5, 119],
    sequential: [240, 241],
    results: 'ab'.repeat(16),
    schedule: { digest: '0f'.repeat(32), cores: 8 },
  },
};

function refusal(text: string): string {
  const read = readResultFile(text);
  if (read.ok) throw new Error('It was read.');
  return read.error;
}
const textOf = (value: unknown): string => JSON.stringify(value);
const file = { format: 'millrace-result/1', ...whole };

describe('a file of a result', () => {
  it('brings back all that was put in, and is known from its beginning', () => {
    const text = resultFileText(whole);
    expect(readResultFile(text)).toEqual({ ok: true, value: whole });
    expect(isResultFile(text)).toBe(true);
    expect(isResultFile(textOf(whole.document))).toBe(false);
    // What a document says of such files makes it none.
    expect(isResultFile(textOf({ ...whole.document, notes: text }))).toBe(false);
  });

  it('brings back any document', () => {
    fc.assert(
      fc.property(arbitraryCase, ({ document }) => {
        const value = { document, result: whole.result };
        expect(readResultFile(resultFileText(value))).toEqual({ ok: true, value });
      }),
      { numRuns: 200 },
    );
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', '{"format"', /is no JSON: give one that was saved as a result/],
    ['deep brackets', '['.repeat(5000), /5,000 deep: the ceiling is/],
    ['a document', textOf(whole.document), /no result: one begins with "format": "millrace-result/],
    ['another version', textOf({ ...file, format: 'millrace-result/9' }), /millrace-result\/1/],
    ['nothing measured', textOf({ ...file, result: undefined }), /result is missing/],
    ['an unknown field', textOf({ ...file, notes: '' }), /notes is not a field here.*"note"/],
    [
      'times below zero',
      textOf({ ...file, result: { ...whole.result, makespans: [-1] } }),
      /In the result’s file, .*makespans/,
    ],
    [
      'a time that no clock can tell from nothing',
      textOf({ ...file, result: { ...whole.result, makespans: [1e-300] } }),
      /makespans\[0\] is 1e-300: use a number of 0\.000001 or more/,
    ],
    [
      'a name that turns the text around',
      textOf({
        ...file,
        result: {
          ...whole.result,
          environment: { ...whole.result.environment, browser: 'Chromium \u202E651' },
        },
      }),
      /browser is .*: use its name and version, without control characters/,
    ],
    [
      'a wrong document',
      textOf({ ...file, document: { ...whole.document, stages: [] } }),
      /^In the result’s file’s document, /,
    ],
    ['too many letters', ' '.repeat(6_000_000), /has 5\.72 MiB: the ceiling is 5 MiB/],
  ])('%s: is refused in a sentence', (_, text, says) => {
    expect(refusal(text)).toMatch(says);
  });

  it('whatever is changed in one, it is read or refused in a sentence', () => {
    const text = resultFileText(whole);
    const cut = fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([a, b]) => {
      return text.slice(0, Math.min(a, b)) + text.slice(Math.max(a, b));
    });
    const doubled = fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([a, b]) => {
      return text.slice(0, Math.max(a, b)) + text.slice(Math.min(a, b));
    });
    const spoilt = fc
      .array(fc.tuple(fc.nat(text.length - 1), fc.string({ unit: 'binary', maxLength: 3 })), {
        minLength: 1,
        maxLength: 4,
      })
      .map((changes) =>
        changes.reduce((now, [at, put]) => now.slice(0, at) + put + now.slice(at + 1), text),
      );
    // Any value in place of any field, so that what is JSON is met more often than what is none.
    const fields = ['format', 'document', 'note', 'view', 'result'] as const;
    const replaced = fc
      .tuple(fc.constantFrom(...fields), fc.jsonValue())
      .map(([field, value]) => textOf({ ...file, [field]: value }));
    const inside = Object.keys(whole.result) as (keyof typeof whole.result)[];
    const measured = fc
      .tuple(fc.constantFrom(...inside), fc.oneof(fc.jsonValue(), fc.double()))
      .map(([field, value]) => textOf({ ...file, result: { ...whole.result, [field]: value } }));
    const any = fc.oneof(cut, doubled, spoilt, replaced, measured, fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(any, (changed) => {
        const read = readResultFile(changed);
        if (read.ok) expect(readResultFile(resultFileText(read.value))).toEqual(read);
        else expect(read.error).toMatch(/^[A-Z“].*\.$/s);
      }),
      { numRuns: 4000 },
    );
  });
});
