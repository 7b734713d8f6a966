import { describe, expect, test } from 'vitest';
import { importAny, importAs, type ImportFormat } from '../../../src/share/import/import-text.ts';
import { psplib } from './small-cases.ts';

const letters = 300_000;
const job = (fields: string): string => `on: push\njobs:\n  a:\n${fields}\n    runs-on: x\n`;
const entries = (count: number): string => '          - {a: -1, b: -1}\n'.repeat(count);

/** Read in time by the square of their length, each would take from ten seconds to hours: the test would time out. */
describe('texts that are long in one place are read in time by their length', () => {
  test.each<[string, string, RegExp]>([
    ['one line of letters', 'a'.repeat(letters), /is in no format/],
    ['one line of letters and a mark', `${'a'.repeat(letters)},`, /is in no format/],
  ])('%s, of no known format', (_, text, why) => {
    const read = importAny(text, 'x');
    expect(read.ok ? 'accepted' : read.error).toMatch(why);
  });

  test.each<[string, ImportFormat, string, RegExp]>([
    ['a number', 'stg', `${'1'.repeat(letters)}x`, /is no number/],
    ['a figure in a table', 'csv', `a,b\n1,${'1'.repeat(letters)}x\n`, /line 2/],
    ['marks in a name', 'csv', `${'_'.repeat(letters)}x,b\n1,x\n`, /x/],
    ['empty lines', 'psplib', psplib.replace(/^jobs.*$/m, '\n'.repeat(letters)), /line "jobs/],
    ['anchors', 'github-actions', `jobs: ${'&a '.repeat(30_000)}`, /at most one anchor/],
    [
      'begun expressions',
      'github-actions',
      job(
        `    strategy: {matrix: {a: [${'1,'.repeat(50)}]}}\n    name: "${'${{} }'.repeat(20_000)}"`,
      ),
      /accepted/,
    ],
    [
      'what a matrix excludes',
      'github-actions',
      job(
        `    strategy:\n      matrix:\n        a: [${'1,'.repeat(100)}]\n        b: [${'1,'.repeat(200)}]\n        exclude:\n${entries(4000)}`,
      ),
      /4000 entries: the ceiling is 256/,
    ],
  ])('%s', (_, format, text, why) => {
    const read = importAs(format, text, 'x');
    expect(read.ok ? 'accepted' : read.error).toMatch(why);
  });
});

test('a refusal is a sentence, however long what it speaks of', () => {
  const trace = JSON.stringify([{ ph: 'X', ts: 0, pid: 1, tid: 1, dur: 'x'.repeat(letters) }]);
  const read = importAs('chrome-trace', trace, 'x');
  expect(read.ok ? 0 : read.error.length).toBeLessThan(400);
  expect(read.ok ? '' : read.error).toContain('traceEvents[0].dur is "xxx');
});
