import { describe, expect, it } from 'vitest';
import { emptyReport } from '../../src/engine/empty-report.ts';
import { TraceBuilder } from '../../src/trace/builder.ts';
import { emptyMeta } from '../../src/trace/empty-trace.ts';
import { fileNameOf } from '../../src/ui/files/save.ts';
import { jsonText } from '../../src/ui/tabs/json-text.ts';
import { fullText, preview } from '../../src/ui/tabs/preview.ts';
import { resultsFile } from '../../src/ui/tabs/results-file.ts';

const written = (value: unknown): unknown => JSON.parse(jsonText(value, 0));

describe('a value as JSON', () => {
  it('keeps what is there twice, and ends only what contains itself', () => {
    const shared = { x: 1 };
    const loop: Record<string, unknown> = { shared, again: shared };
    loop['inner'] = [{ loop }];
    expect(written(loop)).toEqual({
      shared: { x: 1 },
      again: { x: 1 },
      inner: [{ loop: '(again)' }],
    });
    const map = new Map<unknown, unknown>([['a', shared]]);
    map.set('self', map).set('b', shared);
    expect(written(map)).toEqual([
      ['a', { x: 1 }],
      ['self', '(again)'],
      ['b', { x: 1 }],
    ]);
  });

  it('loses no bytes, no numbers of a typed array and no message', () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => i % 251);
    const { base64 } = written(bytes) as { base64: string };
    expect(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))).toEqual(bytes);
    expect(written(bytes.slice(1, 3).buffer)).toEqual({ base64: btoa('\u0001\u0002') });
    expect(written(new DataView(bytes.buffer, 1, 2))).toEqual({ base64: btoa('\u0001\u0002') });
    expect(written({ v: Float32Array.of(0.5, 2) })).toEqual({ v: [0.5, 2] });
    expect(written(new TypeError('no'))).toEqual({ name: 'TypeError', message: 'no' });
    expect(written([/a+/g, 12n, new Date(NaN), undefined])).toEqual(['/a+/g', '12n', null, null]);
    expect(written(undefined)).toBe(null);
  });

  it('ends a graph that would be an endless tree', () => {
    let doubled: unknown[] = [];
    for (let i = 0; i < 60; i++) doubled = [doubled, doubled];
    expect(jsonText(doubled, 0)).toContain('(again)');
  });

  it('says when a value is nested too deeply', () => {
    let deep: unknown[] = [];
    for (let i = 0; i < 1_000_000; i++) deep = [deep];
    expect(written(deep)).toMatch(/nested too deeply/);
  });
});

describe('the file of results', () => {
  it('is JSON with every output and every failure, and says what is left out', () => {
    const report = emptyReport(new TraceBuilder(emptyMeta('live')));
    report.results = [
      { item: '0', stage: 'a', value: undefined },
      { item: '1', stage: 'a', value: { text: 'x' } },
    ];
    report.resultsOmitted = 7;
    report.failures = [{ item: '2', stage: 'a', message: 'no', attempt: 1 }];
    report.failuresOmitted = 3;
    const file: unknown = JSON.parse(resultsFile('Name', report).join(''));
    expect(file).toMatchObject({
      name: 'Name',
      resultsOmitted: 7,
      failuresOmitted: 3,
      results: [
        { item: '0', stage: 'a', value: null },
        { item: '1', stage: 'a', value: { text: 'x' } },
      ],
      failures: [{ item: '2', stage: 'a', message: 'no', attempt: 1 }],
    });
    report.results = [];
    expect(JSON.parse(resultsFile('', report).join(''))).toMatchObject({ results: [] });
  });
});

describe('a value in the table', () => {
  it('is shown whatever it is', () => {
    expect(preview(new Date(NaN))).toBe('Invalid Date');
    expect(preview([new Date(NaN)])).toBe('[Invalid Date]');
    expect(preview(new Map([['a', new Set([1, 2])]]))).toBe('Map of 1 [["a", Set of 2 [1, 2]]]');
    expect(preview(new RangeError('far'))).toBe('RangeError: far');
    expect(preview({ at: /x/i })).toBe('{at: /x/i}');
    expect(preview(new Blob(['abc']))).toBe('Blob of 3 bytes');
    expect(fullText({ bytes: new Uint8Array(9) })).toContain('Uint8Array of 9 bytes');
    expect(fullText(new Map([['a', 1n]]))).toContain('"1n"');
  });
});

describe('the name of a file', () => {
  it('is made of letters of any script, and is short enough for every disk', () => {
    expect(fileNameOf('Größe & Höhe!')).toBe('größe-höhe');
    expect(fileNameOf('日本語 パイプ')).toBe('日本語-パイプ');
    expect(fileNameOf('../..\\a\u202e/b')).toBe('a-b');
    expect(fileNameOf('👩‍👧')).toBe('pipeline');
    expect(fileNameOf(undefined)).toBe('pipeline');
    expect(new TextEncoder().encode(fileNameOf('語'.repeat(200))).length).toBeLessThan(230);
  });
});
