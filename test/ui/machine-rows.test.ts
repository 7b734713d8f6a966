import { expect, it } from 'vitest';
import { csvLine } from '../../src/base/csv.ts';
import type { Measurement } from '../../src/measure/reproduction.ts';
import { codeWords, medianWords, whenWords, whereWords } from '../../src/ui/opening/claim-words.ts';
import { linkIn } from '../../src/share/link/link-in.ts';
import { machineCsv, machineRows, rowWords } from '../../src/ui/opening/machine-rows.ts';

const environment = {
  ...{ browser: 'Chromium 156.0', cores: 8, isolated: true, timerStepMs: 0.005, hidden: false },
};
const measured = (results: string | null, digest: string | null): Measurement => ({
  environment,
  makespans: Array.from({ length: 12 }, () => 100),
  sequential: Array.from({ length: 12 }, (_, run) => 200 + run / 10),
  results,
  schedule: digest === null ? null : { digest, cores: 8 },
});
const rowOf = (id: string, of: Measurement, origin: 'here' | 'link' | 'added' = 'added') => ({
  ...{ id, origin, measuredAt: '2026-11-20T19:35:42.000Z', measured: of },
});

it('results are held against the first that is known, and two of one machine are two rows', () => {
  const rows = machineRows([
    rowOf('a', measured(null, null), 'here'),
    rowOf('b', measured('r', 's')),
    rowOf('c', measured('r', 's')),
    rowOf('d', measured('other', 't')),
  ]);
  expect(rows.map(({ results }) => results)).toEqual([null, 'the first', 'same', 'other']);
  expect(rows.map(({ schedule }) => schedule)).toEqual([null, 'the first', 'same', 'other']);
  expect(rows[1]!.machine).toBe('Chromium 156.0, 8 cores, isolated');
  expect(rowWords(rows[0]!)).toMatch(
    /^This browser, Chromium 156.0, 8 cores, isolated: speedup 2\.0\d*× \(.*\), median 100 ms of 12 runs$/,
  );
});

it('a schedule for other cores is another one', () => {
  const other = { ...measured('r', 's'), schedule: { digest: 's', cores: 2 } };
  const rows = machineRows([rowOf('a', measured('r', 's')), rowOf('b', other)]);
  expect(rows[1]!.schedule).toBe('other');
  expect(machineRows([rowOf('a', measured('r', 's'))])[0]!.schedule).toBeNull();
});

it('goes to a spreadsheet, a row each, with what is not known left empty', () => {
  const single: Measurement = {
    ...{ environment: null, makespans: [5], results: null, schedule: null },
  };
  const [head, ...rows] = machineCsv([rowOf('a', measured('r', 's')), rowOf('b', single, 'here')]);
  expect(rows.map((row) => row.length)).toEqual([head!.length, head!.length]);
  expect(csvLine(rows[0]!)).toMatch(
    /^Added,Chromium 156.0,8,true,2026-11-20T.*,12,100,2\.00.*,r,s/,
  );
  expect(csvLine(rows[1]!)).toMatch(/^This browser,,,,2026-.*,1,5,,,,,\r\n$/);
});

it('finds a link in an address or alone, and none where there is none', () => {
  expect(linkIn('#1.abc')).toBe('#1.abc');
  expect(linkIn(' 1.abcdefghijklmnopqrstuv\n')).toBe('#1.abcdefghijklmnopqrstuv');
  expect(linkIn('1.abc')).toBeNull();
  expect(linkIn('3.14159265358979323846264338')).toBeNull();
  expect(linkIn('10.0.19041.1288.abcdefghijklmnopqrstuv')).toBeNull();
  expect(linkIn('See https://example.org/millrace/?embed#1.a-b_c and run it')).toBe('#1.a-b_c');
  expect(linkIn('https://example.org/#why')).toBeNull();
  expect(linkIn('{"format": "millrace/1"}')).toBeNull();
});

it('says when and where as far as that is known', () => {
  const nowMs = Date.parse('2026-11-20T20:00:00Z');
  expect(whenWords('2026-11-20T19:00:00Z', nowMs)).toBe('1 hour ago');
  // A clock that is wrong must not make it "just now".
  expect(whenWords('2031-01-01T00:00:00Z', nowMs)).toMatch(/203[01]/);
  expect(whenWords('2026-02-77T00:00:00Z', nowMs)).toBe('2026-02-77T00:00:00Z');
  expect(whereWords({ ...environment, cores: 1 })).toBe('Chromium 156.0, 1 core');
  expect(medianWords([4])).toBe('4 ms in one run');
});

it('tells code from what is only described', () => {
  const stages = [{ id: 'a', work: { kind: 'synthetic' as const, phases: [{ cpu: 1 }] } }];
  expect(codeWords({ format: 'millrace/1', stages })).toBeNull();
  const coded = [{ id: 'a', work: { kind: 'code' as const, source: '' } }, ...stages];
  expect(codeWords({ format: 'millrace/1', stages: coded, modules: { a: '', b: '' } })).toBe(
    '1 stage, 2 modules',
  );
});
